//! The colours of each theme, for terminals with 256 colours.
//!
//! Invariant: every index here comes out of a search (`contrast.rs`): readable as a shape on each ground that the theme may
//! stand on, and with a neighbour that differs in lightness or in texture. A colour that is wanted is not enough.

/// A choice of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// On the terminal's own ground and letters, dark or light.
    #[default]
    Terminal,
    /// Black on white, whatever the terminal has.
    Light,
    /// White on black, every sign at 7 : 1 or more.
    Contrast,
    /// Without any colour.
    Mono,
    /// On black, blue to yellow: each step of a rating is lighter than the one before.
    SafeDark,
    /// On white, brown to blue: each step of a rating is darker than the one before.
    SafeLight,
}

impl Scheme {
    /// The scheme of a word of the config file.
    pub fn named(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "contrast" => Self::Contrast,
            "mono" => Self::Mono,
            "safe-dark" => Self::SafeDark,
            "safe-light" => Self::SafeLight,
            _ => Self::Terminal,
        }
    }

    /// Its colours.
    pub(super) const fn palette(self) -> &'static Palette {
        match self {
            Self::Terminal | Self::Mono => &TERMINAL,
            Self::Light => &LIGHT,
            Self::Contrast => &CONTRAST,
            Self::SafeDark => &SAFE_DARK,
            Self::SafeLight => &SAFE_LIGHT,
        }
    }
}

/// The filled ground of a rating, with its digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shade {
    /// The ground.
    pub(super) fill: u8,
    /// The digit: black or white.
    pub(super) ink: u8,
}

/// The colours of a scheme, as indices of the 256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Palette {
    /// Ground and letters; `None`: those of the terminal.
    pub(super) ground: Option<(u8, u8)>,
    /// Keys, the focus, single words.
    pub(super) accent: u8,
    /// Lines around panels; `None`: the terminal's grey.
    pub(super) border: Option<u8>,
    /// What has to be read before going on.
    pub(super) warning: u8,
    /// A bare `1`, and the columns of an index.
    pub(super) index: u8,
    /// The second series of a chart.
    pub(super) second: u8,
    /// The ratings 2, 3 and 4.
    pub(super) shades: [Shade; 3],
}

const BLACK: u8 = 16;
const WHITE: u8 = 231;

const fn on(fill: u8, ink: u8) -> Shade {
    Shade { fill, ink }
}

const TERMINAL: Palette = Palette {
    ground: None,
    accent: 30,
    border: None,
    warning: 166,
    index: 67,
    second: 136,
    shades: [on(67, BLACK), on(136, BLACK), on(166, BLACK)],
};

const LIGHT: Palette = Palette {
    ground: Some((WHITE, BLACK)),
    accent: 24,
    border: Some(244),
    warning: 130,
    index: 67,
    second: 136,
    shades: [on(67, BLACK), on(136, BLACK), on(130, WHITE)],
};

const CONTRAST: Palette = Palette {
    ground: Some((BLACK, WHITE)),
    accent: 87,
    border: Some(250),
    warning: 220,
    index: 75,
    second: 220,
    shades: [on(75, BLACK), on(220, BLACK), on(WHITE, BLACK)],
};

const SAFE_DARK: Palette = Palette {
    ground: Some((BLACK, 252)),
    accent: 74,
    border: Some(243),
    warning: 220,
    index: 67,
    second: 178,
    shades: [on(25, WHITE), on(67, BLACK), on(220, BLACK)],
};

const SAFE_LIGHT: Palette = Palette {
    ground: Some((WHITE, BLACK)),
    accent: 24,
    border: Some(244),
    warning: 94,
    index: 67,
    second: 136,
    shades: [on(136, BLACK), on(94, WHITE), on(18, WHITE)],
};
