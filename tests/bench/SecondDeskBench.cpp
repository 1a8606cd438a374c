#include "app/agent/PaintWatch.h"
#include "tests/bench/Bench.h"
#include "tests/bench/Measured.h"
#include "tests/bench/Rig.h"

#include <QApplication>
#include <QTest>

namespace ringbook::bench {

Result<QJsonObject> benchSecondDesk(const BenchOptions &options)
{
    auto rig = Rig::start(options.folder + "/second-desk");
    if (!rig)
        return rig.error();
    ui::ThemeSwitch themes(*qApp, ui::ThemeChoice::Light);
    const auto anna = (*rig)->desk("anna", themes);
    if (!anna)
        return anna.error();
    const auto ben = (*rig)->desk("ben", themes);
    if (!ben)
        return ben.error();

    // Both look at the same customer, so that what one saves has to be painted at the other.
    const auto customer = (*anna)->workplace()->customers().create({.name = "Ana Costa"});
    if (!customer)
        return customer.error();
    const auto benHasHer = [&] { return bool((*ben)->workplace()->customers().customer(customer->id)); };
    if (!QTest::qWaitFor(benHasHer, 20'000))
        return Error{Fault::Failed, "the customer did not reach the second desk"};
    (*ben)->workplace()->openCustomer(customer->id);

    const SystemClock clock;
    qint64 committedNs = 0;
    QObject::connect(&(*anna)->workplace()->writer(), &model::ChangeWriter::kept, &**anna,
                     [&] { committedNs = clock.monotonicNs(); });
    Turning turning;
    Id<model::Case> awaited = {};
    std::optional<double> paintedUs;
    const app::PaintWatch watch((*ben)->shell());
    QObject::connect(&watch, &app::PaintWatch::painted, &**ben, [&] {
        const double us = double(clock.monotonicNs() - committedNs) / 1000;
        if (!paintedUs && (*ben)->workplace()->cases().theCase(awaited))
            paintedUs = us;
        turning.again();
    });

    Measured measured;
    for (int round = -20; round < options.rounds; ++round) {
        paintedUs.reset();
        const auto opened = (*anna)->workplace()->cases().open(
            {.customer = customer->id, .subject = QString("Valve leaks again, %1").arg(round)});
        if (!opened)
            return opened.error();
        awaited = opened->id;
        if (!turning.until([&] { return paintedUs.has_value(); }, 10'000))
            return Error{Fault::Failed, QString("save %1 was not painted at the second desk").arg(round)};
        if (round >= 0)
            measured.add(*paintedUs);
    }
    return measured.json();
}

} // namespace ringbook::bench
