#pragma once

#include "model/domain/AgentCall.h"

#include <QWidget>

#include <optional>

class QTimer;

namespace ringbook {
class Clock;
}

namespace ringbook::ui {

class Button;
class ElidedLabel;

/// The telephone at the top of the window: what the current call is doing and for how long. It offers only
/// what the call's source can do.
class CallBar : public QWidget
{
    Q_OBJECT

public:
    /// What the telephone at the other end obeys.
    struct Abilities
    {
        bool answer = false;
        bool hangUp = false;

        bool operator==(const Abilities &) const = default;
    };

    explicit CallBar(const Clock &clock, QWidget *parent = nullptr);

    /// `waiting`: another one rings while `call` is talked on. Answer takes that one, Hang up ends `call`.
    void setCall(const std::optional<model::AgentCall> &call,
                 const std::optional<model::AgentCall> &waiting = std::nullopt);
    void setName(const QString &name); ///< of whom `call` is with; empty: only the number is known
    void setAbilities(Abilities abilities);
    /// Whether somebody still tells how the call goes; else its state is that of the last news.
    void setHeard(bool isHeard);
    QSize sizeHint() const override;

Q_SIGNALS:
    void answerRequested(const QString &callId);
    void hangUpRequested(const QString &callId);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void buildUi();
    void connectUp();
    void refresh();
    void tick();
    const model::AgentCall *ringing() const; ///< null: nothing to answer
    void offerHangUp(bool isTalking);
    bool isNews() const; ///< what is said of the call still holds

    const Clock &m_clock;
    std::optional<model::AgentCall> m_call;
    std::optional<model::AgentCall> m_waiting;
    QString m_name;
    Abilities m_abilities;
    bool m_isHeard = true;
    QString m_couldHangUp; ///< the call that could be hung up here, a while ago or still
    ElidedLabel *m_state = nullptr;
    ElidedLabel *m_time = nullptr;
    ElidedLabel *m_party = nullptr;
    Button *m_answer = nullptr;
    Button *m_hangUp = nullptr;
    ElidedLabel *m_instead = nullptr; ///< of hanging up here
    QTimer *m_timer = nullptr;
};

/// Since when the call has been in its state, for the time that runs; 0 if nobody told.
TimeMs inStateSince(const model::AgentCall &call);

/// "+49 30 23125 147 · Support line", whatever of it is known.
QString partyAndLine(const model::AgentCall &call);

} // namespace ringbook::ui
