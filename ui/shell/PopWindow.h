#pragma once

#include "ui/shell/PopCalls.h"
#include "ui/theme/Style.h"

#include <QMap>
#include <QPixmap>
#include <QWidget>

#include <functional>
#include <optional>
#include <utility>

class QTimer;

namespace ringbook {
class Clock;
}

namespace ringbook::ui {

class Button;

/// For that long after something new appeared in it, the pop takes no clicks: they were meant for what it
/// covers.
constexpr int popDeafMs = 400;

/// The small window on top of everything while the phone rings, and as a strip for the rest of the call. It
/// never takes the keyboard, acts on no key, and is only shown and hidden: filling it costs a few texts. Not
/// a child of another window, so that it is there when the desk is minimised.
class PopWindow : public QWidget
{
    Q_OBJECT

public:
    explicit PopWindow(const Clock &clock);

    void offer(const model::AgentCall &call, const model::Card &card); ///< a call, with what the book knows
    /// What was offered under this id is this call: the same pop goes on.
    void become(const QString &callId, const model::AgentCall &call, const model::Card &card);
    /// Something about a customer is otherwise, or they are gone: whatever names them is said anew.
    using LookUp = std::function<model::Card(const model::AgentCall &call)>;
    bool takeCustomerChange(Id<model::Customer> customer, const LookUp &lookUp); ///< whether anything does
    void follow(const model::AgentCall &call); ///< a further step of a call that was offered
    void keepOnly(const QStringList &callIds); ///< what is left after a reconnect
    void setHeard(bool isHeard);               ///< how the calls go on is still told
    /// The newest call that was missed; it counts as seen from now on.
    std::optional<model::AgentCall> takeMissed();
    /// Its card was saved: nobody has to be called back for it. An unknown call is none.
    void missedWasSeen(const QString &callId);
    /// Where on the screen the pop may be while the card of a call is before the agent's eyes: it is a strip
    /// there then, which says no more than the card. None: the card is not in sight; a null rectangle: it is,
    /// and leaves no room, so the pop keeps out of the way. Asked again and again.
    using SpareRoom = std::function<std::optional<QRect>(const QString &callId)>;
    void setSpareRoom(const SpareRoom &room);

    void missedWereSeen(); ///< nobody has to be called back any more
    /// Whether it tells of this call, which is not over.
    bool tellsOf(const QString &callId) const { return m_calls.has(callId); }
    PopCalls::View view() const { return m_calls.view(); }

    QSize sizeHint() const override; ///< with the shadow, where there is one

Q_SIGNALS:
    void cardRequested(const QString &callId);
    void answerRequested(const QString &callId);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildUi();
    void refresh();
    void arrange();
    void putOnScreen();
    void goDeaf();
    void tick();
    QString spoken(const PopCalls::Entry &entry) const;
    bool isStrip() const;
    int faceHeight() const;
    QRect face() const; ///< the window without its shadow
    const QPixmap &ground();

    const Clock &m_clock;
    PopCalls m_calls;
    QMap<std::pair<int, int>, QPixmap>
        m_grounds;       ///< drawing the shadow costs more than all the rest: kept by size
    Theme m_groundTheme; ///< theirs
    QString m_shownCall;
    PopCalls::View m_shownView = PopCalls::View::Nothing;
    SpareRoom m_spareRoom;
    std::optional<QRect> m_spare; ///< where the shown call's card leaves room, while it is in sight
    bool m_isBlended = true;
    bool m_isDeaf = false;
    std::optional<QPoint> m_grip;   ///< where it is held while it is dragged
    std::optional<QPoint> m_corner; ///< where the agent put it: its face's bottom left
    Button *m_answer = nullptr;
    Button *m_open = nullptr;
    Button *m_seen = nullptr;
    QTimer *m_hearing = nullptr;
    QTimer *m_ticking = nullptr;
};

} // namespace ringbook::ui
