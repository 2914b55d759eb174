//! The columns of states in the file by organisation, which are names without spaces.

// Names and the numbers of the Correlates of War, with the variants that are in use.
const NAMES: &str = "\
    afghanistan 700  albania 339  algeria 615  andorra 232  angola 540  antigua 58  antiguaandbarbuda 58 \
    antiguabarbuda 58  argentina 160  armenia 371  australia 900  austria 305  austriahungary 300 \
    azerbaijan 373  baden 267  bahamas 31  bahrain 692  bangladesh 771  barbados 53  bavaria 245 \
    belarus 370  belgium 211  belize 80  benin 434  bhutan 760  bolivia 145  bosnia 346 \
    bosniaandherzegovina 346  bosniahercegovina 346  bosniaherzegovina 346  botswana 571  brazil 140 \
    britain 200  brunei 835  bruneidarussalam 835  bulgaria 355  burkina 439  burkinafaso 439  burma 775 \
    burundi 516  caboverde 402  cambodia 811  cameroon 471  canada 20  capeverde 402 \
    capeverdeislands 402  car 482  centralafrican 482  centralafricanrepublic 482  centralafrrep 482 \
    chad 483  chile 155  china 710  colombia 100  comoros 581  congo 484  congobraz 484 \
    congobrazzaville 484  congokinshasa 490  costarica 94  cotedivoire 437  croatia 344  cuba 40 \
    cyprus 352  czechia 316  czechoslovakia 315  czechrep 316  czechrepublic 316 \
    democraticrepublicofcongo 490  democraticrepublicofthecongo 490  denmark 390  djibouti 522 \
    dominica 54  dominicanrepublic 42  domrep 42  drc 490  drcongo 490  eastgermany 265  easttimor 860 \
    ecuador 130  egermany 265  egypt 651  elsalvador 92  emirates 696  eqguinea 411 \
    equatorialguinea 411  eritrea 531  estonia 366  eswatini 572  ethiopia 530 \
    federatedstatesofmicronesia 987  fiji 950  finland 375  france 220  fsm 987  fyrom 343  gabon 481 \
    gambia 420  gdr 265  georgia 372  germandemocraticrepublic 265  germanfederalrepublic 260 \
    germany 255  germanyfr 260  ghana 452  greece 350  grenada 55  guatemala 90  guinea 438 \
    guineabisau 404  guineabissau 404  guyana 110  haiti 41  hanover 240  hessedarmstadt 275 \
    hesseelectoral 273  hessegrandducal 275  hessekassel 273  honduras 91  hungary 310  iceland 395 \
    india 750  indonesia 850  iran 630  iraq 645  ireland 205  israel 666  italy 325  ivorycoast 437 \
    jamaica 51  japan 740  jordan 663  kampuchea 811  kazakhstan 705  kenya 501  kiribati 946  korea 730 \
    kosovo 347  kuwait 690  kyrgyzrepublic 703  kyrgyzstan 703  laos 812  latvia 367  lebanon 660 \
    lesotho 570  liberia 450  libya 620  liechstenstein 223  liechtenstein 223  liechtenstien 223 \
    lithuania 368  luxembourg 212  macedonia 343  madagascar 580  malawi 553  malaysia 820  maldives 781 \
    mali 432  malta 338  marshallisl 983  marshallislands 983  marshalls 983  mauritania 435 \
    mauritius 590  mecklenburg 280  mecklenburgschwerin 280  mexico 70  micronesia 987  modena 332 \
    moldova 359  monaco 221  mongolia 712  montenegro 341  morocco 600  morroco 600  mozambique 541 \
    myanmar 775  namibia 565  nauru 970  nepal 790  netherlands 210  newguinea 910  newzealand 920 \
    nicaragua 93  niger 436  nigeria 475  nkorea 731  northkorea 731  northmacedonia 343 \
    northvietnam 816  northyemen 678  norway 385  nvietnam 816  nyemen 678  oman 698  pakistan 770 \
    palau 986  panama 95  papalstate 327  papalstates 327  papuanewguinea 910  papuang 910  paraguay 150 \
    parma 335  peru 135  philippines 840  phillipines 840  png 910  poland 290  portugal 235  qatar 694 \
    republicofcongo 484  republicofvietnam 817  romania 360  russia 365  rwanda 517  saintkitts 60 \
    saintlucia 56  saintvincent 57  samoa 990  sanmarino 331  saotome 403  saotomeandprincipe 403 \
    saotomeprincipe 403  saudiarabia 670  saxony 269  senegal 433  serbia 345  seychelles 591 \
    sicily 329  sierraleone 451  singapore 830  skorea 732  slovakia 317  slovakrepublic 317 \
    slovenia 349  solomonisl 940  solomonislands 940  solomons 940  somalia 520  southafrica 560 \
    southkorea 732  southsudan 626  southvietnam 817  southyemen 680  sovietunion 365  spain 230 \
    srilanka 780  stkitts 60  stkittsandnevis 60  stkittsnevis 60  stlucia 56  stvincent 57 \
    stvincentandthegrenadines 57  stvincentgrenadines 57  sudan 625  suriname 115  svietnam 817 \
    swaziland 572  sweden 380  switzerland 225  syemen 680  syria 652  taiwan 713  tajikistan 702 \
    tanganyika 510  tanzania 510  thailand 800  thebahamas 31  thegambia 420  timor 860  timorleste 860 \
    togo 461  tonga 955  trinidad 52  trinidadandtobago 52  trinidadtobago 52  tunisia 616  turkey 640 \
    turkmenistan 701  tuscany 337  tuvalu 947  twosicilies 329  uae 696  uganda 500  uk 200  ukraine 369 \
    unitedarabemirates 696  unitedkingdom 200  unitedstates 2  unitedstatesofamerica 2  uruguay 165 \
    usa 2  ussr 365  uzbekistan 704  vanuatu 935  venezuela 101  vietnam 816  vietnamdr 816 \
    westernsamoa 990  westgermany 260  wgermany 260  wuerttemberg 271  wuerttemburg 271  wurtemburg 271 \
    wurttemberg 271  yemen 679  yemenar 678  yemenarabr 678  yemenarabrepublic 678  yemenpeopler 680 \
    yemenpeoplesrepublic 680  yemenpr 680  yugoslavia 345  zaire 490  zambia 551  zanzibar 511 \
    zimbabwe 552";

/// The number of a state whose name is a column.
pub(super) fn cow_number(column: &str) -> Option<&'static str> {
    let letters: String = column.chars().filter(char::is_ascii_alphabetic).collect();
    let letters = letters.to_ascii_lowercase();
    let mut words = NAMES.split_whitespace();
    while let (Some(name), Some(number)) = (words.next(), words.next()) {
        if name == letters {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_their_spaces_and_signs() {
        assert_eq!(cow_number("afghanistan"), Some("700"));
        assert_eq!(cow_number("Burkina_Faso"), Some("439"));
        assert_eq!(cow_number("unitedstates"), Some("2"));
        assert_eq!(cow_number("atlantis"), None);
        assert_eq!(NAMES.split_whitespace().count() % 2, 0);
    }
}
