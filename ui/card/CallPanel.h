#pragma once

#include "model/domain/Case.h"
#include "model/domain/SetUp.h"
#include "ui/card/CallWork.h"
#include "ui/text/Times.h"
#include "ui/widgets/Ground.h"

#include <functional>

class QBoxLayout;
class QPlainTextEdit;
class QScrollArea;

namespace ringbook::ui {

class Button;
class CallSteps;
class CaseEntry;
class ElidedLabel;
class KeyHint;
class OutcomeChoice;
class Paragraph;
class PromiseEntry;
class SavedStrip;

/// The right column: what the agent is doing now. A form over one CallWork; keeps and saves nothing by
/// itself.
class CallPanel : public Panel
{
    Q_OBJECT

public:
    explicit CallPanel(QWidget *parent = nullptr);

    void setOutcomes(const QVector<model::OutcomeCode> &outcomes);
    void setColleagues(const QVector<model::User> &colleagues); ///< who may do what is promised
    void setClock(std::function<Reading()> reading);            ///< of whoever promises
    void setCustomerZone(const QString &zone);                  ///< IANA; empty: not known
    using Panel::show;
    void show(const CallWork &work, const QVector<model::Case> &openCases);
    void showNothing(bool savedCallGoesOn = false);
    /// Which call the work is for.
    void showTitle(const CallWork &work);
    void showCases(const QVector<model::Case> &openCases); ///< they changed; what is chosen stays
    void showPlace(int index, int count);                  ///< among the calls that are begun
    /// Writes what is in the form into the work.
    void takeInto(CallWork &work) const;

    void attachTo(Id<model::Case> openCase); ///< one of those that were shown
    void setOutcomeKeysActive(bool active);
    void focusNote();

    void sayDraft(const QString &sentence, bool isKept);
    void saySaved(const QString &clockTime, const QString &who, const QString &code);
    void forgetSaved();
    void saySavedRemoved(); ///< with the customer it was saved for
    void sayFailed(const QString &sentence);

Q_SIGNALS:
    void edited();
    void saveWanted();
    void stepWanted(int by);

private:
    QWidget *makeForm();
    void makeNote(QBoxLayout &column);
    void makeOutcome();
    QWidget *makeFoot();

    void showNote(const CallWork &work);
    void setWork(bool isThere);
    void noteEdit();
    void promiseLine();
    void sayMissing();

    bool m_isFilling = false; ///< what changes now was not typed
    model::CallDraft m_shown;

    QWidget *m_form = nullptr;
    QScrollArea *m_formArea = nullptr;
    CallSteps *m_steps;
    QPlainTextEdit *m_note;
    ElidedLabel *m_draft;
    PromiseEntry *m_promise;
    Button *m_promiseIt;
    std::function<Reading()> m_reading = [] { return Reading(); };
    QString m_customerZone;
    CaseEntry *m_case;
    QWidget *m_outcomeBlock;
    KeyHint *m_outcomeKeys;
    OutcomeChoice *m_outcome;
    SavedStrip *m_saved;
    Paragraph *m_missing;
    Button *m_save;
};

} // namespace ringbook::ui
