#include "ui/shell/ConnectionStatus.h"

#include "ui/text/Numbers.h"
#include "ui/widgets/KeyHint.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace ringbook::ui {

using Link = ConnectionStatus::Link;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionStatus)
};

QString changes(int count)
{
    return count == 1 ? Words::tr("1 change") : Words::tr("%1 changes").arg(grouped(count));
}

/// The time alone while it is today's, else with its day.
QString since(TimeMs at, const Reading &reading)
{
    return daysFromToday(at, reading) == 0 ? clockTime(at, reading) : inSentence(at, reading);
}

QString waitingWords(const ConnectionStatus &status, const Reading &reading)
{
    if (status.waiting == 0)
        return Words::tr("everything saved and sent");
    if (!status.waitingSince)
        return Words::tr("%1 waiting", "3 changes").arg(changes(status.waiting));
    return Words::tr("%1 waiting since %2", "3 changes; time")
        .arg(changes(status.waiting), since(*status.waitingSince, reading));
}

QString keptWords(const ConnectionStatus &status)
{
    return status.waiting == 0 ? Words::tr("everything is kept here")
                               : Words::tr("%1 kept here, sent when the hub is back", "3 changes")
                                     .arg(changes(status.waiting));
}

QString tryWords(const ConnectionStatus &status, const Reading &reading)
{
    return status.triedAt ? Words::tr("tried %1, %2 tries again", "time; key")
                                .arg(clockWithSeconds(*status.triedAt, reading), keyText(tryNowKey))
                          : Words::tr("%1 tries now", "key").arg(keyText(tryNowKey));
}

/// "Getting the book: 120 of 310 MB"
QString fetchingWords(const ConnectionStatus &status)
{
    constexpr qint64 megabyte = 1'000'000;
    const auto rounded = [](qint64 bytes) { return grouped((bytes + megabyte - 1) / megabyte); };
    return Words::tr("Getting the book: %1 of %2 MB", "both are numbers")
        .arg(rounded(status.fetched), rounded(status.toFetch));
}

QString trouble(const ConnectionStatus &status, const Reading &reading)
{
    QStringList parts;
    if (status.locksAt)
        parts +=
            Words::tr("Locks %1 unless it reaches the hub", "time").arg(inSentence(*status.locksAt, reading));
    if (status.refused == 1)
        parts += Words::tr("1 change was not accepted and waits under To do");
    if (status.refused > 1)
        parts += Words::tr("%1 changes were not accepted and wait under To do").arg(grouped(status.refused));
    if (!status.problem.isEmpty())
        parts += status.problem;
    return parts.join(QStringLiteral(" · "));
}

} // namespace

StatusWords statusWords(const ConnectionStatus &status, const Reading &reading)
{
    StatusWords words{.trouble = trouble(status, reading)};
    switch (status.link) {
    case Link::SignedOut:
        words.link = Words::tr("Not signed in");
        words.work = status.waiting == 0
                         ? Words::tr("sign in again in the menu under your name")
                         : Words::tr("%1 kept here; sign in again in the menu under your name", "3 changes")
                               .arg(changes(status.waiting));
        break;
    case Link::Connecting:
        words.link = Words::tr("Connecting");
        words.work =
            status.waiting == 0 ? Words::tr("everything is kept here") : waitingWords(status, reading);
        break;
    case Link::CatchingUp:
        words.tone = Tone::Accent;
        words.link = status.toFetch > 0 ? fetchingWords(status)
                                        : Words::tr("Catching up, %1 to go").arg(grouped(status.behind));
        words.work = status.waiting == 0 ? QString() : waitingWords(status, reading);
        break;
    case Link::Live:
        words.tone = Tone::Good;
        words.shape = StatusWords::Shape::Dot;
        words.link = Words::tr("Live");
        words.work = status.toFetch > 0 ? fetchingWords(status) : waitingWords(status, reading);
        break;
    case Link::Offline:
        words.tone = Tone::Warn;
        words.shape = StatusWords::Shape::Triangle;
        words.link = status.offlineSince
                         ? Words::tr("Offline since %1").arg(since(*status.offlineSince, reading))
                         : Words::tr("Offline");
        words.work = keptWords(status) + QStringLiteral(" · ") + tryWords(status, reading);
        words.reason = status.offlineReason;
        break;
    }
    return words;
}

QString figureWords(const DeskFigures &figures, const Reading &reading)
{
    if (figures.book.isEmpty() || !figures.customers)
        return figures.book;
    const QString people = *figures.customers == 1
                               ? Words::tr("1 customer")
                               : Words::tr("%1 customers").arg(grouped(*figures.customers));
    const QString all = figures.book + QStringLiteral(" · ") + people;
    return figures.asOf
               ? Words::tr("%1, as of %2", "book and customers; time").arg(all, since(*figures.asOf, reading))
               : all;
}

QString ringToPaintWords(const DeskFigures &figures)
{
    constexpr double usPerMs = 1000;
    if (!figures.ringToPaintUs)
        return {};
    return Words::tr("Shown %1 ms after the ring")
        .arg(QLocale().toString(*figures.ringToPaintUs / usPerMs, 'f', 1));
}

} // namespace ringbook::ui
