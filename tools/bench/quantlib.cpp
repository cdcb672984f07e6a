// QuantLib's side of the bench: quantlib MODE INPUT OUTPUT. INPUT holds rows of eight doubles (1 for a put, spot, strike,
// years, volatility, rate, dividend yield, price); OUTPUT gets the results. Prints the seconds of one pass, the median of
// passes that together take 0.12 s.

#include <ql/exercise.hpp>
#include <ql/instruments/payoffs.hpp>
#include <ql/instruments/vanillaoption.hpp>
#include <ql/pricingengines/blackcalculator.hpp>
#include <ql/pricingengines/blackformula.hpp>
#include <ql/pricingengines/vanilla/qdfpamericanengine.hpp>
#include <ql/processes/blackscholesprocess.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/settings.hpp>
#include <ql/termstructures/volatility/equityfx/blackconstantvol.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <string>
#include <vector>

using namespace QuantLib;

struct Row {
    double put, spot, strike, years, volatility, rate, dividendYield, price;
    Option::Type type() const { return put == 1 ? Option::Put : Option::Call; }
    double forward() const { return spot * std::exp((rate - dividendYield) * years); }
    double discount() const { return std::exp(-rate * years); }
};

static void greeks(const std::vector<Row>& rows, std::vector<double>& out) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows[i];
        BlackCalculator black(row.type(), row.strike, row.forward(), row.volatility * std::sqrt(row.years),
                              row.discount());
        double* at = &out[6 * i];
        at[0] = black.value();
        at[1] = black.delta(row.spot);
        at[2] = black.gamma(row.spot);
        at[3] = black.vega(row.years);
        at[4] = black.theta(row.spot, row.years);
        at[5] = black.rho(row.years);
    }
}

static void implied(const std::vector<Row>& rows, std::vector<double>& out) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows[i];
        try {
            out[i] = blackFormulaImpliedStdDev(row.type(), row.strike, row.forward(), row.price, row.discount(), 0.0,
                                               Null<Real>(), 1e-10, 100) /
                     std::sqrt(row.years);
        } catch (const std::exception&) {
            out[i] = std::numeric_limits<double>::quiet_NaN();
        }
    }
}

// As QuantLib is used: quotes are set, an option is made, and an engine is shared.
static std::function<void(const std::vector<Row>&, std::vector<double>&)>
american(const ext::shared_ptr<QdFpIterationScheme>& scheme) {
    const Date today(5, February, 2018);
    Settings::instance().evaluationDate() = today;
    const DayCounter days = Actual365Fixed();
    auto spot = ext::make_shared<SimpleQuote>(100.0), volatility = ext::make_shared<SimpleQuote>(0.2),
         rate = ext::make_shared<SimpleQuote>(0.0), dividendYield = ext::make_shared<SimpleQuote>(0.0);
    auto process = ext::make_shared<BlackScholesMertonProcess>(
        Handle<Quote>(spot),
        Handle<YieldTermStructure>(ext::make_shared<FlatForward>(today, Handle<Quote>(dividendYield), days)),
        Handle<YieldTermStructure>(ext::make_shared<FlatForward>(today, Handle<Quote>(rate), days)),
        Handle<BlackVolTermStructure>(
            ext::make_shared<BlackConstantVol>(today, NullCalendar(), Handle<Quote>(volatility), days)));
    auto engine = ext::make_shared<QdFpAmericanEngine>(process, scheme);
    return [=](const std::vector<Row>& rows, std::vector<double>& out) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Row& row = rows[i];
            spot->setValue(row.spot);
            volatility->setValue(row.volatility);
            rate->setValue(row.rate);
            dividendYield->setValue(row.dividendYield);
            VanillaOption option(ext::make_shared<PlainVanillaPayoff>(row.type(), row.strike),
                                 ext::make_shared<AmericanExercise>(today, today + int(std::lround(row.years * 365))));
            option.setPricingEngine(engine);
            out[i] = option.NPV();
        }
    };
}

int main(int count, char** arguments) {
    if (count != 4) return 2;
    const std::string mode = arguments[1];
    std::vector<Row> rows;
    if (std::FILE* file = std::fopen(arguments[2], "rb")) {
        for (Row row; std::fread(&row, sizeof row, 1, file) == 1;) rows.push_back(row);
        std::fclose(file);
    }
    std::function<void(const std::vector<Row>&, std::vector<double>&)> work;
    if (mode == "greeks") work = greeks;
    if (mode == "implied") work = implied;
    if (mode == "american-fast") work = american(QdFpAmericanEngine::fastScheme());
    if (mode == "american-accurate") work = american(QdFpAmericanEngine::accurateScheme());
    if (!work || rows.empty()) return 2;

    std::vector<double> out(rows.size() * (mode == "greeks" ? 6 : 1));
    std::vector<double> times;
    for (double total = 0; total < 0.12 || times.size() < 3; total += times.back()) {
        const auto start = std::chrono::steady_clock::now();
        work(rows, out);
        times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
    if (std::FILE* file = std::fopen(arguments[3], "wb")) {
        std::fwrite(out.data(), sizeof(double), out.size(), file);
        std::fclose(file);
    }
    std::printf("%.9g\n", times[times.size() / 2]);
    return 0;
}
