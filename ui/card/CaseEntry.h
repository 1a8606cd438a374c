#pragma once

#include "model/domain/Case.h"
#include "ui/card/CallWork.h"

#include <QWidget>

class QBoxLayout;
class QLineEdit;
class QStackedLayout;

namespace ringbook::ui {

class Button;
class CalmComboBox;

/// The case of what is worked on: one that is begun here, by its type, or one of the customer's open ones
/// that it joins. Never both, so the two share one place.
class CaseEntry : public QWidget
{
    Q_OBJECT

public:
    explicit CaseEntry(QWidget *parent = nullptr);

    using QWidget::show;
    void show(const CallWork &work, const QVector<model::Case> &openCases);
    void showCases(const QVector<model::Case> &openCases); ///< they changed; what is chosen stays
    void takeInto(CallWork &work) const;

    /// The subject follows the note until it is typed over.
    void followNote(const QString &note);
    /// One of the cases that were shown. False: it is not among them, or nothing can be entered now.
    bool attachTo(Id<model::Case> openCase);

    QWidget *lastStop() const; ///< of the cursor

Q_SIGNALS:
    void edited();
    void fieldsLeft(); ///< the one that had the cursor is not shown any more

private:
    void makeTypes(QBoxLayout &column);
    void makeWays(QBoxLayout &column);
    void fillCases(const QVector<model::Case> &openCases, Id<model::Case> chosen);
    void attachToNext();
    void toggleType(model::Case::Type type);
    void setType(const QString &type);
    void showType();
    void fillSubject();

    using Choice = std::pair<QString, Id<model::Case>>;

    QVector<Choice> m_choices; ///< what the list of cases offers
    QString m_note;            ///< as the subject last heard of it
    QString m_type;            ///< empty: no case is begun
    bool m_hasOwnSubject = false;

    Button *m_complaint;
    Button *m_service;
    QStackedLayout *m_ways;
    CalmComboBox *m_case;
    QWidget *m_attach;
    QLineEdit *m_subject;
    QLineEdit *m_remedy;
    QWidget *m_remedyBlock;
};

} // namespace ringbook::ui
