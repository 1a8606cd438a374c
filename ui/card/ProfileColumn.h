#pragma once

#include "model/desk/Card.h"
#include "model/desk/CustomerDesk.h"
#include "model/domain/LookUp.h"
#include "model/domain/Presence.h"
#include "ui/text/Times.h"
#include "ui/widgets/Ground.h"

#include <QTimer>

class QScrollArea;
class QStackedWidget;

namespace ringbook::ui {

class Chooser;
class Paragraph;
class ProfileView;
class StrangerView;

/// The left column: who it is, or the way to find out.
class ProfileColumn : public Panel
{
    Q_OBJECT

public:
    ProfileColumn(model::CustomerDesk &customers, const Clock &clock, QWidget *parent = nullptr);

    /// Above the history instead of beside it: as wide as that, in a height that does not change.
    void setStacked(bool stacked);
    using Panel::show;
    void show(const model::Card &card, const Reading &reading, bool isCall);
    void showNothing();
    void say(const QString &sentence);                       ///< instead of anybody
    void sayOfStranger(const QString &sentence);             ///< of the caller who has become one
    void showPeople(const QVector<model::Presence> &people); ///< at the customer who is shown
    void showLookUps(const model::LookUps &lookUps);         ///< about a caller who is not here
    void setCanCall(bool can);                               ///< the telephone dials when told
    bool isFindingOut() const;                               ///< who it is, by search or form
    /// Nobody of those we know: the search is open.
    void find(const model::Card &card);
    /// Saves the new customer who is being typed, if there is one; false: it says what is wrong.
    bool finishNewCustomer();

Q_SIGNALS:
    void customerChosen(ringbook::Id<ringbook::model::Customer> customer);
    void caseOfNobodyChosen(ringbook::Id<ringbook::model::Case> file);
    void rememberNumberWanted();
    void somebodyElseCalls(); ///< not who is shown
    void decideWanted();      ///< about fields that two people wrote
    void callWanted(const QString &number);
    void choosingChanged(bool isChoosing); ///< digits say who is calling
    void putAside(); ///< the way to find out was closed; the cursor may go back to the note

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void bring(QWidget *page);
    void fitHeight();

    static constexpr int clockEveryMs = 5000;

    const Clock &m_clock;
    QTimeZone m_zone;
    QTimer m_timer;
    model::Card m_shared; ///< whose candidates were offered last
    ProfileView *m_profile;
    Chooser *m_chooser;
    StrangerView *m_stranger;
    QWidget *m_nobody;
    Paragraph *m_sentence;
    QScrollArea *m_profileArea;
    QStackedWidget *m_stack;
    bool m_isStacked = false;
};

} // namespace ringbook::ui
