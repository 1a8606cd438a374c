#pragma once

#include "model/domain/Case.h"
#include "model/domain/SetUp.h"
#include "ui/card/CallWork.h"
#include "ui/widgets/Ground.h"

class QLineEdit;
class QPlainTextEdit;
class QStackedLayout;

namespace ringbook::ui {

class Button;
class CalmComboBox;
class ElidedLabel;
class KeyHint;
class OutcomeChoice;
class Paragraph;
class SavedStrip;
class SectionHead;

/// The right column: what the agent is doing now. A form over one CallWork; keeps and saves nothing by
/// itself.
class CallPanel : public Panel
{
    Q_OBJECT

public:
    explicit CallPanel(QWidget *parent = nullptr);

    void setOutcomes(const QVector<model::OutcomeCode> &outcomes);
    using Panel::show;
    void show(const CallWork &work, const QVector<model::Case> &openCases);
    void showNothing();
    void showCases(const QVector<model::Case> &openCases); ///< they changed; what is chosen stays
    void showPlace(int index, int count);                  ///< among the calls that are begun
    /// Writes what is in the form into the work.
    void takeInto(CallWork &work) const;

    void attachTo(Id<model::Case> openCase); ///< one of those that were shown
    void setOutcomeKeysActive(bool active);
    void focusNote();

    void sayDraft(const QString &sentence, bool isKept);
    void saySaved(const QString &clockTime, const QString &code);
    void forgetSaved();
    void sayFailed(const QString &sentence);

Q_SIGNALS:
    void edited();
    void saveWanted();
    void stepWanted(int by);

private:
    QWidget *makeForm();
    QLayout *makeHead();
    QLayout *makeNote();
    QLayout *makeTypes();
    QLayout *makeCase();
    QLayout *makeOutcome();
    QWidget *makeFoot();
    void makeKeys();

    void toggleType(const QString &type);
    void setType(const QString &type);
    void followNote();
    void fillCases(const QVector<model::Case> &openCases, Id<model::Case> chosen);
    void showFields();
    void noteEdit();
    void sayMissing();

    bool m_isFilling = false; ///< what changes now was not typed
    model::CallDraft m_shown;
    QString m_type;
    bool m_hasOwnSubject = false;

    SectionHead *m_head;
    ElidedLabel *m_place;
    Button *m_previous;
    Button *m_next;
    QPlainTextEdit *m_note;
    ElidedLabel *m_draft;
    Button *m_complaint;
    Button *m_service;
    QLineEdit *m_subject;
    QLineEdit *m_remedy;
    CalmComboBox *m_case;
    QStackedLayout *m_caseWays;
    QWidget *m_remedyBlock = nullptr;
    QWidget *m_outcomeBlock = nullptr;
    KeyHint *m_outcomeKeys;
    OutcomeChoice *m_outcome;
    SavedStrip *m_saved;
    Paragraph *m_missing;
    Button *m_save;
    QWidget *m_form;
};

} // namespace ringbook::ui
