#include "tests/bench/Bench.h"
#include "tests/bench/Measured.h"
#include "tests/bench/Rig.h"
#include "tests/bench/ThreadTime.h"
#include "ui/theme/Type.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QGlyphRun>
#include <QImage>
#include <QPainter>
#include <QRandomGenerator>
#include <QRawFont>

namespace ringbook::bench {

namespace {

constexpr int warmUpRounds = 20;
constexpr int rawRounds = 200;
constexpr int answerTimeoutMs = 5000;
constexpr QSize windowSize(1366, 768); // a small laptop's screen, full
constexpr quint32 seed = 20'26;        // the same callers in every run

/// Numbers that are somebody's, picked over the whole book.
Result<QStringList> callers(const QString &bookPath, int count)
{
    auto db = model::Connection::openSqlite(bookPath);
    if (!db)
        return db.error();
    const auto range = db->one("SELECT min(id) AS low, max(id) AS high FROM contact_point");
    if (!range)
        return range.error();
    QRandomGenerator random(seed);
    QStringList numbers;
    for (int tries = 0; numbers.size() < count && tries < 20 * count; ++tries) {
        const qint64 low = range->number("low");
        const qint64 at = low + qint64(random.generateDouble() * double(range->number("high") - low));
        const auto row =
            db->one("SELECT e164 FROM contact_point WHERE id >= :id AND e164 IS NOT NULL ORDER BY id LIMIT 1",
                    {{":id", at}});
        if (row)
            numbers.append(row->text("e164"));
    }
    return numbers;
}

struct Painted
{
    qint64 afterUs = 0;    ///< from the ring's bytes at the socket to the painted card
    qint64 uiThreadUs = 0; ///< processor time of the window's thread in that time and in asking for the ring
};

/// Rings once and waits for the paint.
std::optional<Painted> ringOnce(app::Agent &desk, const QString &number)
{
    Turning turning;
    QObject scope;
    std::optional<Painted> painted;
    QString callId;
    bool isPopped = false;
    qint64 before = 0;
    QObject::connect(&desk, &app::Agent::cardShown, &scope, [&](const QString &id, qint64 us) {
        painted = Painted{us, threadTimeUs() - before};
        callId = id;
        turning.again();
    });
    QObject::connect(&desk, &app::Agent::popShown, &scope, [&] {
        isPopped = true;
        turning.again();
    });
    QObject::connect(&desk.workplace()->calls(), &app::CallFlow::ended, &scope, [&] { turning.again(); });

    before = threadTimeUs();
    if (!desk.practise(number) || !turning.until([&] { return painted && isPopped; }, answerTimeoutMs))
        return std::nullopt;
    desk.hangUp(callId);
    const auto isOver = [&] { return !desk.workplace()->calls().isBusy(); };
    return turning.until(isOver, answerTimeoutMs) ? painted : std::nullopt;
}

struct Rings
{
    Measured after;
    Measured uiThread;
};

Result<Rings> measure(app::Agent &desk, const QStringList &numbers)
{
    Rings measured;
    for (int round = 0; round < numbers.size(); ++round) {
        const auto painted = ringOnce(desk, numbers[round]);
        if (!painted)
            return Error{Fault::Failed, QString("ring %1 was not painted").arg(round)};
        if (round < warmUpRounds)
            continue;
        measured.after.add(double(painted->afterUs));
        measured.uiThread.add(double(painted->uiThreadUs));
    }
    return measured;
}

/// What the same machine needs at the least for such a picture: a bare painter fills an image as large as the
/// window and writes so many letters, shaped beforehand.
Measured rawPaint()
{
    constexpr int lines = 60;
    const QRawFont font = QRawFont::fromFont(ui::Type(qApp->font().family())[ui::TextRole::Body].font);
    const QList<quint32> glyphs = font.glyphIndexesForString("thirty-four letters in every line.");
    QList<QPointF> places;
    QPointF at;
    for (const QPointF &advance : font.advancesForGlyphIndexes(glyphs)) {
        places.append(at);
        at += advance;
    }
    QGlyphRun line;
    line.setRawFont(font);
    line.setGlyphIndexes(glyphs);
    line.setPositions(places);
    QImage image(windowSize, QImage::Format_RGB32);
    Measured measured;
    for (int round = 0; round < rawRounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        QPainter painter(&image);
        painter.fillRect(image.rect(), Qt::white);
        for (int row = 0; row < lines; ++row)
            painter.drawGlyphRun(QPointF(row % 3 * 400, 20 + row * 12), line);
        painter.end();
        measured.add(double(timer.nsecsElapsed()) / 1000);
    }
    return measured;
}

} // namespace

Result<QJsonObject> benchPop(const BenchOptions &options)
{
    const QString folder = options.folder + QString("/pop-%1").arg(options.customers);
    auto rig = Rig::start(folder);
    if (!rig)
        return rig.error();
    ui::ThemeSwitch themes(*qApp, ui::ThemeChoice::Light);
    if (!QFile::exists((*rig)->profile("anna") + "/filled")) {
        if (const auto first = (*rig)->desk("anna", themes);
            !first) // so that there is an identity and a cursor
            return first.error();
        if (const auto filled = (*rig)->fill("anna", options.customers); !filled)
            return filled.error();
    }
    const auto numbers = callers((*rig)->profile("anna") + "/book.db", options.rounds + warmUpRounds);
    if (!numbers)
        return numbers.error();
    const auto desk = (*rig)->desk("anna", themes);
    if (!desk)
        return desk.error();

    (*desk)->shell().showNormal();
    (*desk)->shell().resize(windowSize);
    const auto alive = measure(**desk, *numbers);
    if (!alive)
        return alive.error();
    (*desk)->shell().hide(); // nothing of ours is on the screen: the pop comes up by itself
    const auto hidden = measure(**desk, *numbers);
    if (!hidden)
        return hidden.error();

    QJsonObject result = alive->after.json();
    for (const QJsonObject &more : {alive->uiThread.json("ui_thread_"),
                                    hidden->after.json("hidden_then_shown_"), rawPaint().json("raw_paint_")})
        for (auto figure = more.begin(); figure != more.end(); ++figure)
            result.insert(figure.key(), figure.value());
    result["customers"] = options.customers;
    result["interactions"] = options.customers * 10;
    return result;
}

} // namespace ringbook::bench
