//! A series of yearly numbers, a year ahead, with its interval.

use augurs_core::Predict as _;
use augurs_ets::model::{ErrorComponent, ModelType, Params, SeasonalComponent, TrendComponent, Unfit};
use serde::Serialize;

use crate::language::vocabulary;

vocabulary! {
    /// Whether a projection can be made.
    AheadState {
        /// It was made.
        Projected = "projected", "projected", "已预测";
        /// There are too few years in a row.
        TooFew = "too_few_years", "too few years in a row to project from", "连续年度过少，不作预测";
        /// The library fits no model.
        NoModel = "no_model", "no model fits", "没有适用的模型";
    }
}

vocabulary! {
    /// What the years are taken to follow.
    Model {
        /// A level that moves: simple exponential smoothing.
        Level = "level", "a level that moves", "水平（指数平滑）";
        /// A level and a trend that move: Holt's method.
        Trend = "trend", "a trend that moves", "趋势（霍尔特法）";
    }
}

impl Model {
    /// Numbers that are estimated from the years: weights, first level and trend, and the variance.
    const fn estimated(self) -> usize {
        match self {
            Self::Level => 3,
            Self::Trend => 5,
        }
    }

    const fn fits(self, years: usize) -> bool {
        years >= self.estimated() + 2
    }
}

/// The level of the interval, per cent.
pub const INTERVAL: u32 = 80;

/// Years in a row that are needed.
///
/// The simplest model estimates three numbers, and both its variance and the corrected criterion that it is chosen by are defined from
/// two years more.
pub const LEAST_YEARS: usize = Model::Level.estimated() + 2;

/// What a year ahead is projected to be, in whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Projection {
    /// The number expected.
    pub expected: u64,
    /// The lower end of the interval.
    pub low: u64,
    /// The upper end of the interval.
    pub high: u64,
    /// The level of the interval, per cent: [`INTERVAL`].
    pub level: u32,
    /// What the years are taken to follow.
    pub model: Model,
}

/// A year ahead, or why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ahead {
    /// Whether there is a projection.
    pub state: AheadState,
    /// Years in a row that it rests on, or would.
    pub years: usize,
    /// The projection.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub projection: Option<Projection>,
}

/// Projects the year after `years`, one number a year without a gap, the earliest first.
///
/// # Method
/// Exponential smoothing in state space form (Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential Smoothing*, Springer 2008)
/// by the library `augurs-ets`: the models of [`Model`] with additive errors, each where there are two years more than it estimates
/// numbers; the one of the lowest corrected information criterion of Akaike (Hurvich and Tsai, *Biometrika* 76, 1989) is taken,
/// of equals the simplest. Each is fitted from two starts, so that the better of two near fits is found. The interval is the library's, at [`INTERVAL`] per cent, for errors that are normal. Over few years it
/// is wide on purpose: the fewer years, the less is known of the errors. It knows of no change that the years do not show.
///
/// # One answer
/// The library looks for the best fit with the logarithm of the platform, whose last bit may differ from machine to machine, so what
/// is told is whole numbers, a half upwards even where it is short of it by a millionth, and the library's version is pinned. A test
/// disturbs the last bits of what the library is given: nothing that is told changes.
///
/// Cost: some thousand passes over the years.
#[must_use]
pub fn ahead(years: &[u64]) -> Ahead {
    project(&years.iter().map(|number| *number as f64).collect::<Vec<_>>())
}

fn project(series: &[f64]) -> Ahead {
    let years = series.len();
    if years < LEAST_YEARS {
        return Ahead { state: AheadState::TooFew, years, projection: None };
    }
    let models = Model::ALL.iter().filter(|model| model.fits(years));
    let fits = models.flat_map(|model| STARTS.map(|weight| fit(*model, weight, series))).flatten();
    let best = fits.reduce(|best, next| if next.0 < best.0 { next } else { best });
    let state = if best.is_some() { AheadState::Projected } else { AheadState::NoModel };
    Ahead { state, years, projection: best.map(|(_, projection)| projection) }
}

/// Weights of the last year that the library begins with. It climbs to the nearest best fit: over few years there may be one that
/// hardly moves and one that follows the last year.
const STARTS: [f64; 2] = [0.2, 0.9];

/// The criterion of `model` fitted from `weight` on, and its projection; none where the library does not come to numbers.
fn fit(model: Model, weight: f64, series: &[f64]) -> Option<(f64, Projection)> {
    let trend = if model == Model::Level { TrendComponent::None } else { TrendComponent::Additive };
    let kind = ModelType { error: ErrorComponent::Additive, trend, season: SeasonalComponent::None };
    let start = Params { alpha: weight, ..Params::default() };
    let fitted = Unfit::new(kind).nmse(1).params(start).fit(series).ok()?;
    let forecast = fitted.predict(1, f64::from(INTERVAL) / 100.0).ok()?;
    let interval = forecast.intervals?;
    let number = |numbers: &[f64]| numbers.first().copied().filter(|number| number.is_finite()).map(whole);
    let (years, estimated) = (series.len() as f64, model.estimated() as f64);
    let criterion = years * libm::log(fitted.mse().max(EXACT)) + 2.0 * estimated * years / (years - estimated - 1.0);
    let projection = Projection {
        expected: number(&forecast.point)?,
        low: number(&interval.lower)?,
        high: number(&interval.upper)?,
        level: INTERVAL,
        model,
    };
    (!criterion.is_nan()).then_some((criterion, projection))
}

/// A squared error, in people, below which years are followed exactly: between models that do, the simplest is taken.
const EXACT: f64 = 1e-6;

/// Whole people, never below none; a last bit of the library does not decide a half.
fn whole(number: f64) -> u64 {
    libm::floor(number + 0.500_001).max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers from 0 to 1 from a fixed sequence (a linear congruential generator of Knuth's).
    fn numbers() -> impl FnMut() -> f64 {
        let mut state = 20_260_901_u64;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        }
    }

    #[test]
    fn the_last_bits_of_what_the_library_is_given_do_not_show() {
        let mut number = numbers();
        let mut models = [0, 0];
        for years in (5..=20).flat_map(|years| [years; 40]) {
            let (slope, noise) = (number() * 20.0 - 5.0, number() * 30.0);
            let series: Vec<f64> =
                (0..years).map(|k| (100.0 + slope * f64::from(k) + noise * number()).max(0.0).round()).collect();
            let told = project(&series);
            let model = told.projection.expect("numbers").model;
            models[usize::from(model == Model::Trend)] += 1;
            for _ in 0..4 {
                let disturbed: Vec<f64> = series.iter().map(|one| one * (1.0 + (number() - 0.5) * 4e-15)).collect();
                assert_eq!(project(&disturbed), told, "{series:?}");
            }
        }
        assert!(models.iter().all(|times| *times > 100), "{models:?}");
    }
}
