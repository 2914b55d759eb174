//! The Natural Earth projection.
//!
//! A compromise for maps of the whole world: neither areas nor angles are true, and no place is
//! far from either. Parallels are straight, so that who lies further north is drawn further up.
//!
//! Source: B. Šavrič, B. Jenny, T. Patterson, D. Petrovič and L. Hurni, "A Polynomial Equation for
//! the Natural Earth Projection", Cartography and Geographic Information Science 38 (2011), 363–372.

/// Coefficients of φ⁰, φ², φ⁴, φ¹⁰ and φ¹² in the length of a parallel.
const LENGTH: [f64; 5] = [0.870_700, -0.131_979, -0.013_791, 0.003_971, -0.001_529];
/// Coefficients of φ, φ³, φ⁷, φ⁹ and φ¹¹ in its distance from the equator.
const DISTANCE: [f64; 5] = [1.007_226, 0.015_085, -0.044_475, 0.028_874, -0.005_916];

/// Place on the plane of a globe of radius 1, of a latitude φ and a longitude λ from the central
/// meridian, in degrees: `x = λ·l(φ)`, to the east, and `y = d(φ)`, to the north.
pub(crate) fn natural_earth(latitude: f64, longitude: f64) -> (f64, f64) {
    let (phi, lambda) = (latitude.to_radians(), longitude.to_radians());
    let square = phi * phi;
    let fourth = square * square;
    let high = |[a, b, c]: [f64; 3]| a + fourth * (b * square + c * fourth);
    let length = LENGTH[0] + square * LENGTH[1] + fourth * high([LENGTH[2], LENGTH[3], LENGTH[4]]);
    let [_, cube, seventh, ninth, eleventh] = DISTANCE;
    let distance = DISTANCE[0] + square * (cube + fourth * (seventh + square * (ninth + square * eleventh)));
    (lambda * length, phi * distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, tolerance: f64) -> bool {
        (a - b).abs() < tolerance
    }

    #[test]
    fn the_world_is_052_times_as_high_as_it_is_wide() {
        let (east, _) = natural_earth(0.0, 180.0);
        let (_, north) = natural_earth(90.0, 0.0);
        assert!(close(north / east, 0.52, 0.001), "{}", north / east);
    }

    // Polynomials from the paper, power by power.
    #[test]
    fn the_nested_form_is_the_published_polynomial() {
        for latitude in [-88.0, -33.3, 0.0, 12.5, 51.5, 90.0_f64] {
            let phi = latitude.to_radians();
            let x = 0.8707 - 0.131_979 * phi.powi(2) - 0.013_791 * phi.powi(4) + 0.003_971 * phi.powi(10)
                - 0.001_529 * phi.powi(12);
            let y = 1.007_226 * phi + 0.015_085 * phi.powi(3) - 0.044_475 * phi.powi(7)
                + 0.028_874 * phi.powi(9)
                - 0.005_916 * phi.powi(11);
            let (found_x, found_y) = natural_earth(latitude, 57.0);
            assert!(close(found_x, x * 57f64.to_radians(), 1e-12) && close(found_y, y, 1e-12));
        }
    }

    #[test]
    fn further_north_is_further_up_and_further_east_is_further_right() {
        for tenth in -900..900 {
            let latitude = f64::from(tenth) / 10.0;
            assert!(natural_earth(latitude + 0.1, 0.0).1 > natural_earth(latitude, 0.0).1);
            assert!(natural_earth(latitude, 1.0).0 > 0.0);
        }
    }
}
