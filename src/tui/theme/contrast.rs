//! The search behind the palettes: every index is held against the grounds that it may stand on, as seen with three kinds of eyes.
use super::palette::{Palette, Scheme};
use super::{ColourMode, Glyphs, Theme};
use ratatui::style::Modifier;

/// Grounds of terminals: black, the usual dark grey, white, and both of Solarized.
const GROUNDS: [[u8; 3]; 5] = [
    [0, 0, 0],
    [0x17, 0x18, 0x1c],
    [255, 255, 255],
    [0x00, 0x2b, 0x36],
    [0xfd, 0xf6, 0xe3],
];

/// As seen with all cones, without red ones, without green ones (Viénot, Brettel and Mollon 1999; on linear light).
const EYES: [[[f64; 3]; 3]; 3] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [
        [0.108_89, 0.891_11, 0.0],
        [0.108_89, 0.891_11, 0.0],
        [0.004_47, -0.004_47, 1.0],
    ],
    [
        [0.290_31, 0.709_69, 0.0],
        [0.290_31, 0.709_69, 0.0],
        [-0.021_97, 0.021_97, 1.0],
    ],
];

const SCHEMES: [Scheme; 5] = [
    Scheme::Terminal,
    Scheme::Light,
    Scheme::Contrast,
    Scheme::SafeDark,
    Scheme::SafeLight,
];

/// The colour of an index of the 256, from 16 on: those below belong to the terminal.
fn rgb(index: u8) -> [u8; 3] {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    if index >= 232 {
        return [8 + 10 * (index - 232); 3];
    }
    let cube = usize::from(index - 16);
    [STEPS[cube / 36], STEPS[cube / 6 % 6], STEPS[cube % 6]]
}

fn linear(colour: [u8; 3]) -> [f64; 3] {
    colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    })
}

fn lightness(light: [f64; 3]) -> f64 {
    0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
}

/// The lightness of a colour with each kind of eyes.
fn seen(colour: [u8; 3]) -> [f64; 3] {
    let light = linear(colour);
    EYES.map(|eye| {
        lightness(eye.map(|row| {
            let part: f64 = row
                .iter()
                .zip(light)
                .map(|(share, part)| share * part)
                .sum();
            part.clamp(0.0, 1.0)
        }))
    })
}

/// How much lighter the lighter of two is, as WCAG counts it.
fn ratio(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn on(index: u8, ground: [u8; 3]) -> f64 {
    ratio(seen(rgb(index))[0], seen(ground)[0])
}

fn grounds(palette: &Palette) -> Vec<[u8; 3]> {
    palette
        .ground
        .map_or_else(|| GROUNDS.to_vec(), |(ground, _)| vec![rgb(ground)])
}

/// What every sign of a scheme has on its grounds: 3 : 1 as a shape, 7 : 1 where contrast is what it is for.
const fn wanted(scheme: Scheme) -> f64 {
    match scheme {
        Scheme::Contrast => 7.0,
        _ => 3.0,
    }
}

#[test]
fn every_shape_is_seen_on_every_ground_that_it_may_stand_on() {
    for scheme in SCHEMES {
        let palette = scheme.palette();
        let mut shapes = vec![
            palette.accent,
            palette.warning,
            palette.index,
            palette.second,
        ];
        shapes.extend(palette.border);
        shapes.extend(palette.shades.map(|shade| shade.fill));
        for ground in grounds(palette) {
            for shape in &shapes {
                let found = on(*shape, ground);
                assert!(
                    found >= wanted(scheme),
                    "{scheme:?}: {shape} on {ground:?} has {found:.2}"
                );
            }
        }
    }
}

#[test]
fn a_text_on_a_shade_is_black_or_white_and_read_at_4_5_to_1() {
    for scheme in SCHEMES {
        let palette = scheme.palette();
        for shade in palette.shades {
            assert!([16, 231].contains(&shade.ink), "{scheme:?}: {shade:?}");
            let found = on(shade.ink, rgb(shade.fill));
            assert!(found >= 4.5, "{scheme:?}: {shade:?} has {found:.2}");
        }
        if let Some((ground, letters)) = palette.ground {
            assert!(on(letters, rgb(ground)) >= 7.0, "{scheme:?}");
        }
    }
}

#[test]
fn neighbours_of_a_ramp_differ_in_lightness_for_every_eye_or_in_texture() {
    for scheme in SCHEMES {
        let theme = Theme::new(ColourMode::Indexed, Glyphs::Unicode).scheme(scheme);
        let texture = |severity: u8| {
            let line = theme.severity(severity).add_modifier & Modifier::UNDERLINED;
            (line, theme.hatch(severity))
        };
        let shades = scheme.palette().shades;
        for (severity, pair) in (2..).zip(shades.windows(2)) {
            let [a, b] = [seen(rgb(pair[0].fill)), seen(rgb(pair[1].fill))];
            let is_lighter = a.iter().zip(b).all(|(a, b)| ratio(*a, b) >= 1.5);
            let is_other = texture(severity) != texture(severity + 1);
            assert!(is_lighter || is_other, "{scheme:?}: {severity}");
        }
        // What these two are for: no texture is needed to tell their steps apart.
        if matches!(scheme, Scheme::SafeDark | Scheme::SafeLight) {
            let steps = shades.map(|shade| seen(rgb(shade.fill)));
            let by_light = steps.windows(2).all(|pair| {
                pair[0]
                    .iter()
                    .zip(pair[1])
                    .all(|(a, b)| ratio(*a, b) >= 1.5)
            });
            assert!(by_light, "{scheme:?}");
        }
    }
}

/// Of all indices that pass on the five grounds, the nearest to each colour that is wished for.
#[test]
fn the_terminals_own_grounds_leave_exactly_these_shades() {
    let passing: Vec<u8> = (16..=255)
        .filter(|index| {
            let inks = [16, 231].into_iter().any(|ink| on(ink, rgb(*index)) >= 4.5);
            inks && GROUNDS.iter().all(|ground| on(*index, *ground) >= 3.0)
        })
        .collect();
    let nearest = |wish: [u8; 3]| {
        let far = |index: &u8| -> i32 {
            let parts = rgb(*index).into_iter().zip(wish);
            parts
                .map(|(a, b)| (i32::from(a) - i32::from(b)).pow(2))
                .sum()
        };
        passing.iter().copied().min_by_key(far)
    };
    let wishes = [[95, 135, 175], [215, 135, 0], [215, 95, 0]];
    let shades = Scheme::Terminal.palette().shades;
    for (wish, shade) in wishes.into_iter().zip(shades) {
        assert_eq!(nearest(wish), Some(shade.fill), "{wish:?}");
    }
}
