#include "plot.h"

#include <algorithm>
#include <cmath>

#include "numbers.h"

namespace codegraph::bench {
namespace {

constexpr double width = 960, height = 460;
constexpr double left = 80, right = 560, top = 50, bottom = 400;  // of the plane
constexpr double least_gap = 16;                                  // between two labels of series

// Distinct for the colour-blind too (Okabe and Ito, Color Universal Design, 2008).
constexpr const char* colours[] = {"#999999", "#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00"};

struct Layout {
    const char *title, *file, *x;
};
const Layout& layout_of(Figure figure) {
    static constexpr const char* chunks = "chunks in the snapshot";
    static constexpr Layout first_call{"First question to the graph of a snapshot", "first-call.svg", chunks};
    static constexpr Layout replacement{"Replacing one file in a new snapshot", "replacement.svg", chunks};
    static constexpr Layout comparison{"Comparing snapshots that differ in 20 files", "comparison.svg", chunks};
    static constexpr Layout history{"Work after many snapshots, at M", "history.svg", "snapshots after the first"};
    switch (figure) {
        case Figure::first_call:
            return first_call;
        case Figure::replacement:
            return replacement;
        case Figure::comparison:
            return comparison;
        case Figure::history:
            break;
    }
    return history;
}

struct Axis {
    double least, most;  // powers of ten
    double from, to;     // pixels
    double at(double value) const { return from + (std::log10(value) - least) / (most - least) * (to - from); }
};

// Whole decades around all values.
Axis axis(const std::vector<double>& values, double from, double to) {
    const auto [low, high] = std::ranges::minmax(values);
    Axis axis{std::floor(std::log10(low)), std::ceil(std::log10(high)), from, to};
    if (axis.least == axis.most) axis.most++;
    return axis;
}

std::string coordinate(double value) {
    std::string text = std::to_string(std::round(value * 10) / 10);
    return text.substr(0, text.find('.') + 2);
}

std::string escaped(const std::string& text) {
    std::string out;
    for (char c : text) c == '&' ? out += "&amp;" : c == '<' ? out += "&lt;" : c == '>' ? out += "&gt;" : out += c;
    return out;
}

std::string label(double x, double y, const std::string& anchor, const std::string& text,
                  const std::string& more = "") {
    return "<text x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\" text-anchor=\"" + anchor + "\"" + more + ">" +
           escaped(text) + "</text>\n";
}

std::string line(double x1, double y1, double x2, double y2, const std::string& colour, const std::string& more = "") {
    return "<line x1=\"" + coordinate(x1) + "\" y1=\"" + coordinate(y1) + "\" x2=\"" + coordinate(x2) + "\" y2=\"" +
           coordinate(y2) + "\" stroke=\"" + colour + "\"" + more + "/>\n";
}

std::string grid(const Axis& x, const Axis& y, const char* x_title) {
    std::string svg;
    for (double power = x.least; power <= x.most; power++) {
        const double place = x.at(std::pow(10, power));
        svg += line(place, top, place, bottom, "#dddddd");
        svg += label(place, bottom + 18, "middle", number(std::pow(10, power)));
    }
    for (double power = y.least; power <= y.most; power++) {
        const double place = y.at(std::pow(10, power));
        svg += line(left, place, right, place, "#dddddd");
        svg += label(left - 8, place + 4, "end", number(std::pow(10, power)));
    }
    svg += label((left + right) / 2, bottom + 42, "middle", x_title);
    const double middle = (top + bottom) / 2;
    return svg +
           label(22, middle, "middle", "milliseconds", " transform=\"rotate(-90 22 " + coordinate(middle) + ")\"");
}

struct Series {
    std::string name, database, colour;
    std::vector<Point> points;  // by x
    double label_y = 0;
};

std::vector<Series> series_of(Figure figure, const std::vector<Point>& points) {
    std::vector<Series> all;
    std::vector<std::string> names;
    for (const Point& point : points) {
        if (point.figure != figure) continue;
        const auto name = std::ranges::find(names, point.series);
        const auto place = static_cast<size_t>(name - names.begin());
        if (name == names.end()) names.push_back(point.series);
        auto found = std::ranges::find_if(
            all, [&](const Series& one) { return one.name == point.series && one.database == point.database; });
        if (found == all.end())
            found = all.insert(all.end(), {point.series, point.database, colours[place % std::size(colours)], {}});
        found->points.push_back(point);
    }
    for (Series& series : all) std::ranges::sort(series.points, {}, &Point::x);
    return all;
}

std::string draw_series(const Series& series, const Axis& x, const Axis& y) {
    std::string places, dots;
    for (const Point& point : series.points) {
        const std::string cx = coordinate(x.at(point.x)), cy = coordinate(y.at(point.milliseconds));
        places += cx + "," + cy + " ";
        dots += "<circle cx=\"" + cx + "\" cy=\"" + cy + "\" r=\"4\" fill=\"" + series.colour + "\"/>\n";
    }
    const std::string dash = series.database == "PostgreSQL" ? " stroke-dasharray=\"7 4\"" : "";
    return "<polyline fill=\"none\" stroke-width=\"2\"" + dash + " stroke=\"" + series.colour + "\" points=\"" +
           places + "\"/>\n" + dots;
}

// Each beside its last point, the highest first, moved apart where they would overlap.
std::string draw_labels(std::vector<Series> all, const Axis& x, const Axis& y) {
    for (Series& series : all) series.label_y = y.at(series.points.back().milliseconds);
    std::ranges::sort(all, {}, &Series::label_y);
    for (size_t i = 1; i < all.size(); i++) all[i].label_y = std::max(all[i].label_y, all[i - 1].label_y + least_gap);
    double limit = bottom;
    for (size_t i = all.size(); i-- > 0; limit = all[i].label_y - least_gap)
        all[i].label_y = std::min(all[i].label_y, limit);
    std::string svg;
    for (const Series& series : all) {
        const Point& last = series.points.back();
        svg += line(x.at(last.x) + 6, y.at(last.milliseconds), right + 12, series.label_y, series.colour,
                    " stroke-dasharray=\"2 3\"");
        svg += label(right + 16, series.label_y + 4, "start",
                     series.name + ", " + series.database + ": " + number(last.milliseconds) + " ms",
                     " fill=\"" + series.colour + "\"");
    }
    return svg;
}

}  // namespace

std::string title_of(Figure figure) {
    return layout_of(figure).title;
}

std::string file_name_of(Figure figure) {
    return layout_of(figure).file;
}

std::string draw(Figure figure, const std::vector<Point>& points) {
    const std::vector<Series> all = series_of(figure, points);
    std::vector<double> xs, ys;
    for (const Series& series : all)
        for (const Point& point : series.points) xs.push_back(point.x), ys.push_back(point.milliseconds);
    const Axis x = axis(xs, left, right), y = axis(ys, bottom, top);
    std::string svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) + "\" height=\"" + number(height) +
        "\" viewBox=\"0 0 " + number(width) + " " + number(height) +
        "\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
    svg += label(left, 28, "start", title_of(figure), " font-size=\"16\" font-weight=\"bold\"");
    svg += grid(x, y, layout_of(figure).x);
    for (const Series& series : all) svg += draw_series(series, x, y);
    return svg + draw_labels(all, x, y) + "</svg>\n";
}

}  // namespace codegraph::bench
