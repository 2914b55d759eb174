//! Files of deflated columns, the form in which the large tables are packaged. What a file looks
//! like is described where it is written, in `derive/derive.py` (`ColumnFile`).

use normwave_network_model::{Date, Spell, parse_date};
use std::ops::Range;

/// A file whose blocks are inflated one by one, when they are asked for.
pub(crate) struct Columns {
    /// Names and kinds of the columns.
    columns: Vec<(&'static str, &'static str)>,
    /// Ids of actors and organisations, sorted.
    words: Vec<&'static str>,
    blocks: Vec<Head>,
    body: &'static [u8],
}

/// What a file says of one of its blocks.
pub(crate) struct Head {
    pub(crate) key: &'static str,
    /// When its rows hold.
    pub(crate) spell: Spell,
    pub(crate) n_rows: usize,
    digits: u32,
    place: Range<usize>,
}

/// One column of a block.
enum Column {
    Words(Vec<u32>),
    Dates(Vec<Option<Date>>),
    Values(Vec<Option<f64>>),
}

/// The columns of a block.
pub(crate) struct Block {
    columns: Vec<Column>,
}

impl Columns {
    /// Reads the head of a file.
    pub(crate) fn open(data: &'static [u8]) -> Self {
        let head = data.windows(2).position(|two| two == b"\n\n").expect("a packaged table has a head");
        let text = std::str::from_utf8(&data[..head]).expect("the head is text");
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("normwave columns 1"), "a packaged table says what it is");
        let columns = lines.next().unwrap_or_default().split(' ');
        let columns = columns.map(|column| column.split_once(':').expect("a column has a kind")).collect();
        let words = lines.next().unwrap_or_default().split(' ').collect();
        let mut end = 0;
        let block = |line: &'static str| {
            let mut cells = line.split(' ');
            let mut cell = || cells.next().expect("a block has six cells in the head");
            let (key, since, until) = (cell(), cell(), cell());
            let date = |text| (text != "-").then(|| parse_date(text).expect("a block's date is a date"));
            let spell = Spell::new(date(since).unwrap_or(Date::MIN), date(until));
            let mut number = || cell().parse::<usize>().expect("a block's sizes are numbers");
            let (n_rows, digits, length) = (number(), number(), number());
            end += length;
            Head {
                key,
                spell: spell.expect("a block's dates are in order"),
                n_rows,
                digits: u32::try_from(digits).expect("values have few digits"),
                place: end - length..end,
            }
        };
        Columns { columns, words, blocks: lines.map(block).collect(), body: &data[head + 2..] }
    }

    /// All blocks, in the order of the file.
    pub(crate) fn blocks(&self) -> &[Head] {
        &self.blocks
    }

    /// The block of a key.
    pub(crate) fn named(&self, key: &str) -> &Head {
        self.blocks.iter().find(|head| head.key == key).expect("a packaged table has its blocks")
    }

    /// The word of a place.
    pub(crate) fn word(&self, place: u32) -> &'static str {
        self.words[place as usize]
    }

    /// Number of words.
    pub(crate) fn n_words(&self) -> usize {
        self.words.len()
    }

    /// Inflates and decodes a block.
    pub(crate) fn read(&self, head: &Head) -> Block {
        let packed = &self.body[head.place.clone()];
        let bytes = miniz_oxide::inflate::decompress_to_vec(packed).expect("a packaged block inflates");
        let mut numbers = Numbers { bytes: bytes.iter() };
        let scale = 10_f64.powi(head.digits.cast_signed());
        let columns = self.columns.iter().map(|&(_, kind)| match kind {
            "word" => {
                let mut place = 0;
                Column::Words(
                    (0..head.n_rows)
                        .map(|_| {
                            place += signed(numbers.next());
                            u32::try_from(place).expect("words have places from 0 on")
                        })
                        .collect(),
                )
            }
            "date" => Column::Dates((0..head.n_rows).map(|_| date(numbers.next())).collect()),
            // A quotient of two whole numbers is what the decimal text would be read as.
            #[expect(clippy::cast_precision_loss, reason = "values have at most 15 digits")]
            _ => Column::Values(
                (0..head.n_rows)
                    .map(|_| numbers.next().checked_sub(1).map(|code| signed(code) as f64 / scale))
                    .collect(),
            ),
        });
        Block { columns: columns.collect() }
    }
}

impl Block {
    /// Places of words.
    pub(crate) fn words(&self, column: usize) -> &[u32] {
        match &self.columns[column] {
            Column::Words(words) => words,
            _ => panic!("column {column} has no words"),
        }
    }

    /// Dates; `None` is open.
    pub(crate) fn dates(&self, column: usize) -> &[Option<Date>] {
        match &self.columns[column] {
            Column::Dates(dates) => dates,
            _ => panic!("column {column} has no dates"),
        }
    }

    /// Values; `None` is missing.
    pub(crate) fn values(&self, column: usize) -> &[Option<f64>] {
        match &self.columns[column] {
            Column::Values(values) => values,
            _ => panic!("column {column} has no values"),
        }
    }
}

struct Numbers<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl Numbers<'_> {
    // Base 128, low digits first.
    fn next(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = *self.bytes.next().expect("a packaged block is complete");
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return number;
            }
            shift += 7;
        }
    }
}

// 0, -1, 1, -2 ... from 0, 1, 2, 3 ...
fn signed(code: u64) -> i64 {
    (code >> 1).cast_signed() ^ -(code & 1).cast_signed()
}

fn date(code: u64) -> Option<Date> {
    let part = |number: u64| i8::try_from(number % 100).expect("months and days are small");
    let year = i16::try_from(code / 10_000).expect("years have four digits");
    (code > 0).then(|| Date::new(year, part(code / 100), part(code)).expect("a packaged date is a date"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_script_writes_them() {
        let mut numbers = Numbers { bytes: [5, 0xAC, 0x02, 0x80, 0x80, 0x01].iter() };
        assert_eq!([numbers.next(), numbers.next(), numbers.next()], [5, 300, 16_384]);
        assert_eq!([0, 1, 2, 3, 4].map(signed), [0, -1, 1, -2, 2]);
        assert_eq!(date(0), None);
        assert_eq!(date(20_060_605), Some(parse_date("2006-06-05").unwrap()));
    }

    #[test]
    fn every_packaged_block_can_be_read_to_its_end() {
        for data in crate::packaged::ALL {
            let file = Columns::open(data);
            assert!(!file.blocks().is_empty());
            let mut end = 0;
            for head in file.blocks() {
                assert_eq!(head.place.start, end, "{}", head.key);
                end = head.place.end;
                let block = file.read(head);
                let words = block.words(0);
                assert_eq!(words.len(), head.n_rows, "{}", head.key);
                assert!(words.iter().all(|&word| (word as usize) < file.n_words()), "{}", head.key);
            }
            assert_eq!(end, file.body.len());
        }
    }
}
