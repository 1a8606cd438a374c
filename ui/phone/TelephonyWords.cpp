#include "ui/phone/TelephonyWords.h"

#include "ui/text/Numbers.h"

#include <QCoreApplication>

#include <algorithm>

namespace ringbook::ui {

using model::TelephonyFinding;

namespace {

constexpr TimeMs clocksAgreeMs = 2 * secondMs;

class TelephonyPage
{
    Q_DECLARE_TR_FUNCTIONS(TelephonyPage)
};

} // namespace

bool isLinked(const model::TelephonySource &source)
{
    return source.state == QLatin1String("live");
}

QString linkWord(const model::TelephonySource &source)
{
    if (isLinked(source))
        return TelephonyPage::tr("Connected");
    if (source.state == QLatin1String("waiting") || source.state == QLatin1String("off"))
        return TelephonyPage::tr("Not reached");
    return TelephonyPage::tr("Connecting …");
}

QString clockWords(const model::TelephonySource &source)
{
    if (!source.clockAhead)
        return {};
    const TimeMs ahead = *source.clockAhead;
    if (std::abs(ahead) <= clocksAgreeMs)
        return TelephonyPage::tr("Its clock agrees with the hub's.");
    return ahead > 0 ? TelephonyPage::tr("Its clock is %1 ahead of the hub's.").arg(spokenDuration(ahead))
                     : TelephonyPage::tr("Its clock is %1 behind the hub's.").arg(spokenDuration(-ahead));
}

Row telephoneRow(const model::TelephoneAt &phone, const Reading &reading)
{
    Row row{.title = isolated(phone.extension) + QStringLiteral("  ") + isolated(phone.name),
            .text = phone.endpoint,
            .right = phone.rings == 0 ? TelephonyPage::tr("has not rung yet")
                                      : TelephonyPage::tr("rang %n times", nullptr, phone.rings),
            .rightBelow = phone.rangAt ? clockWithSeconds(*phone.rangAt, reading) : QString()};
    if (phone.user.isEmpty()) {
        row.badge = TelephonyPage::tr("Nobody's desk");
        row.badgeTone = Tone::Warn;
    } else if (phone.user != phone.name) {
        row.text += QStringLiteral(" · ") + TelephonyPage::tr("pops at %1").arg(isolated(phone.user));
    }
    return row;
}

Row unassignedRow(const model::Unassigned &unassigned)
{
    return {.title = isolated(unassigned.endpoint),
            .right = TelephonyPage::tr("seen %n times", nullptr, unassigned.count)};
}

Row stepRow(const model::TelephonyStep &step, const Reading &reading)
{
    return {.title = step.text, .right = clockWithSeconds(step.at, reading)};
}

Row findingRow(const TelephonyFinding &finding)
{
    Row row{.title = finding.what, .text = finding.todo};
    switch (finding.grade) {
    case TelephonyFinding::Grade::Good:
        row.badge = TelephonyPage::tr("Good");
        row.badgeTone = Tone::Good;
        break;
    case TelephonyFinding::Grade::Note: row.badge = TelephonyPage::tr("Note"); break;
    case TelephonyFinding::Grade::Bad:
        row.badge = TelephonyPage::tr("Wrong");
        row.badgeTone = Tone::Bad;
        break;
    }
    return row;
}

Row requestRow(const model::TelephonyRequest &request, const Reading &reading)
{
    const QString event = request.event.isEmpty() ? TelephonyPage::tr("A request") : request.event;
    const qsizetype reasonAt = request.outcome.indexOf(QLatin1String(": "));
    Row row{.title = isolated(event),
            .text = reasonAt < 0 ? TelephonyPage::tr("Taken") : request.outcome.mid(reasonAt + 2),
            .right = clockWithSeconds(request.at, reading),
            .rightBelow = request.call.isEmpty() ? QString() : isolated(request.call)};
    if (request.outcome.startsWith(QLatin1String("refused"))) {
        row.badge = TelephonyPage::tr("Refused");
        row.badgeTone = Tone::Bad;
    } else if (request.outcome.startsWith(QLatin1String("ignored"))) {
        row.badge = TelephonyPage::tr("Ignored");
    }
    return row;
}

QVector<Row> requestRows(const model::TelephonySource &source, const Reading &reading)
{
    QVector<Row> rows;
    for (auto request = source.requests.crbegin(); request != source.requests.crend(); ++request)
        rows.append(requestRow(*request, reading));
    return rows;
}

QVector<Row> stepRows(const model::TelephonySource &source, const Reading &reading)
{
    QStringList calls;
    for (auto step = source.steps.crbegin(); step != source.steps.crend(); ++step)
        if (!calls.contains(step->call))
            calls.append(step->call);
    QVector<Row> rows;
    for (const QString &call : calls)
        for (const model::TelephonyStep &step : source.steps)
            if (step.call == call)
                rows.append(stepRow(step, reading));
    // The first step of each call says which call it is.
    qsizetype at = 0;
    for (const QString &call : calls) {
        rows[at].rightBelow = isolated(call);
        at += std::ranges::count(source.steps, call, &model::TelephonyStep::call);
    }
    return rows;
}

} // namespace ringbook::ui
