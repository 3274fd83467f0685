//! Time and memory over size as an SVG.

use plotters::prelude::*;
use std::error::Error;
use std::path::Path;

/// One program: its name, and size, CPU seconds and MiB of each measurement.
pub(crate) struct Line {
    name: &'static str,
    points: Vec<(f64, f64, f64)>,
}

/// Adds a measurement to its program's line.
pub(crate) fn add(lines: &mut Vec<Line>, name: &'static str, size: usize, cpu: f64, memory: f64) {
    let point = (size as f64, cpu.max(0.005), memory);
    match lines.iter_mut().find(|line| line.name == name) {
        Some(line) => line.points.push(point),
        None => lines.push(Line { name, points: vec![point] }),
    }
}

/// Draws both, each axis in powers of ten.
pub(crate) fn draw(path: &Path, lines: &[Line]) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(path, (900, 400)).into_drawing_area();
    area.fill(&WHITE)?;
    let halves = area.split_evenly((1, 2));
    panel(&halves[0], "CPU seconds", lines, |point| point.1)?;
    panel(&halves[1], "MiB", lines, |point| point.2)?;
    area.present()?;
    Ok(())
}

fn panel(
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    what: &str,
    lines: &[Line],
    of: impl Fn(&(f64, f64, f64)) -> f64,
) -> Result<(), Box<dyn Error>> {
    let values: Vec<f64> = lines.iter().flat_map(|line| line.points.iter().map(&of)).collect();
    let sizes: Vec<f64> = lines.iter().flat_map(|line| line.points.iter().map(|it| it.0)).collect();
    let least = |values: &[f64]| values.iter().copied().fold(f64::MAX, f64::min) * 0.8;
    let most = |values: &[f64]| values.iter().copied().fold(0.0, f64::max) * 1.25;
    let across = (least(&sizes)..most(&sizes)).log_scale();
    let up = (least(&values)..most(&values)).log_scale();
    let mut builder = ChartBuilder::on(area);
    builder.margin(12).x_label_area_size(36).y_label_area_size(56);
    let mut chart = builder.build_cartesian_2d(across, up)?;
    chart.configure_mesh().x_desc("requests").y_desc(what).draw()?;
    for (at, line) in lines.iter().enumerate() {
        let color = Palette99::pick(at).to_rgba();
        let points = line.points.iter().map(|point| (point.0, of(point)));
        let series = LineSeries::new(points, color.stroke_width(2)).point_size(3);
        let drawn = chart.draw_series(series)?.label(line.name);
        drawn.legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], color));
    }
    chart.configure_series_labels().background_style(WHITE).draw()?;
    Ok(())
}
