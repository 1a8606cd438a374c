#pragma once

#include "model/core/Clock.h"
#include "ui/text/Times.h"
#include "ui/theme/Theme.h"

#include <QKeySequence>
#include <QString>

#include <optional>

namespace ringbook::ui {

/// What is true about the hub and this desk's changes right now; the application fills it from the client's
/// state.
struct ConnectionStatus
{
    enum class Link { SignedOut, Connecting, CatchingUp, Live, Offline };

    Link link = Link::SignedOut;
    std::optional<TimeMs> offlineSince = {};
    QString offlineReason = {};              ///< for who asks; mends itself
    std::optional<TimeMs> triedAt = {};      ///< by hand or for a network that came, in vain
    int waiting = 0;                         ///< saves the hub has not confirmed
    std::optional<TimeMs> waitingSince = {}; ///< the oldest of them
    int refused = 0;                         ///< changes the hub did not accept
    qint64 behind = 0;                       ///< changes of others not yet here, while catching up
    qint64 fetched = 0;                      ///< bytes of the whole book, while it is on its way
    qint64 toFetch = 0;                      ///< all of them; 0: it is not
    std::optional<TimeMs> locksAt = {};      ///< soon, unless the hub is reached
    QString problem = {};                    ///< one worded sentence; empty when all is well

    bool operator==(const ConnectionStatus &) const = default;
};

/// What stands at the other end of the status line.
struct DeskFigures
{
    std::optional<qint64> ringToPaintUs = {}; ///< of the last call
    QString book = {};
    std::optional<qint64> customers = {};
    std::optional<TimeMs> asOf = {}; ///< when offline: how old this is

    bool operator==(const DeskFigures &) const = default;
};

/// The status line in words: the link first, then what it means for the work.
struct StatusWords
{
    enum class Shape { Dot, Ring, Triangle };

    Tone tone = Tone::Neutral;
    Shape shape = Shape::Ring;
    QString link = {};
    QString work = {};
    QString trouble = {}; ///< refused changes and problems; empty when all is well
    QString reason = {};  ///< on hover: why there is no link
};
/// Goes to the hub at once instead of when it is next tried.
inline const QKeySequence tryNowKey(Qt::Key_F5);
StatusWords statusWords(const ConnectionStatus &status, const Reading &reading);
QString figureWords(const DeskFigures &figures, const Reading &reading); ///< "main · 204 118 customers"
QString ringToPaintWords(const DeskFigures &figures);                    ///< "Shown 4.1 ms after the ring"

} // namespace ringbook::ui
