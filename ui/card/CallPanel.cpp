#include "ui/card/CallPanel.h"

#include "ui/card/CardWords.h"
#include "ui/card/Column.h"
#include "ui/card/Fields.h"
#include "ui/card/OutcomeChoice.h"
#include "ui/card/SavedStrip.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"
#include "ui/widgets/SectionHead.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTextCursor>

#include <algorithm>
#include <utility>

namespace ringbook::ui {

using model::Case;

namespace {

constexpr int leastNoteHeight = 96;
constexpr int mostNoteHeight = 168;

const QKeySequence saveKeys(Qt::CTRL | Qt::Key_Return);
const QKeySequence keypadSaveKeys(Qt::CTRL | Qt::Key_Enter);

QKeySequence firstOf(QKeySequence::StandardKey key)
{
    return QKeySequence::keyBindings(key).value(0);
}

QString nativeText(const QKeySequence &keys)
{
    return keys.toString(QKeySequence::NativeText);
}

void showFromStart(QLineEdit *field, const QString &text)
{
    field->setText(text);
    field->setCursorPosition(0);
}

Button *typeButton(const QString &text, const QString &letter)
{
    auto *button = new Button(text, Button::Kind::Choice);
    button->setSpread(true);
    button->setKeyHint(nativeText(altKey(letter)));
    return button;
}

} // namespace

CallPanel::CallPanel(QWidget *parent)
    : Panel(Qt::LeftEdge, parent),
      m_head(new SectionHead(tr("This call"))),
      m_place(new ElidedLabel(TextRole::Status, Ink::Second)),
      m_previous(new Button(QStringLiteral("‹"), Button::Kind::Secondary)),
      m_next(new Button(QStringLiteral("›"), Button::Kind::Secondary)),
      m_note(new QPlainTextEdit),
      m_draft(new ElidedLabel(TextRole::Status, Ink::Third)),
      m_complaint(typeButton(tr("Complaint"), QStringLiteral("C"))),
      m_service(typeButton(tr("Service"), QStringLiteral("S"))),
      m_subject(new QLineEdit),
      m_remedy(new QLineEdit),
      m_case(new CalmComboBox),
      m_caseWays(new QStackedLayout),
      m_outcomeKeys(new KeyHint({})),
      m_outcome(new OutcomeChoice),
      m_saved(new SavedStrip),
      m_missing(new Paragraph(TextRole::Body, Ink::Second)),
      m_save(new Button(tr("Save and next"), Button::Kind::Primary)),
      m_form(makeForm())
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scrolling(m_form), 1);
    column->addWidget(makeFoot());
    makeKeys();
    showNothing();
}

QWidget *CallPanel::makeForm()
{
    auto *form = new QWidget;
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(size::columnPadding - 1, size::columnPadding - size::unit, size::columnPadding,
                               0);
    column->setSpacing(size::blockGap);
    column->addLayout(makeNote(), 1);
    column->addLayout(makeTypes());
    column->addLayout(makeCase());
    m_outcomeBlock = new QWidget;
    m_outcomeBlock->setLayout(makeOutcome());
    column->addWidget(m_outcomeBlock);
    column->addStretch(); // the note grows first
    connect(m_subject, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_hasOwnSubject = !text.isEmpty();
        noteEdit();
    });
    connect(m_remedy, &QLineEdit::textEdited, this, &CallPanel::noteEdit);
    connect(m_case, &QComboBox::activated, this, [this] {
        if (m_case->currentIndex() > 0)
            setType({});
        noteEdit();
    });
    return form;
}

QLayout *CallPanel::makeHead()
{
    auto *line = new QHBoxLayout;
    line->setSpacing(size::groupGap);
    line->addWidget(m_head, 1);
    line->addWidget(m_previous);
    line->addWidget(m_place);
    line->addWidget(m_next);
    m_place->setHugging(true);
    m_previous->setAccessibleName(tr("Previous call"));
    m_next->setAccessibleName(tr("Next call"));
    m_previous->setKeyHint(nativeText(firstOf(QKeySequence::Back)));
    m_next->setKeyHint(nativeText(firstOf(QKeySequence::Forward)));
    for (QWidget *widget : {static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_place),
                            static_cast<QWidget *>(m_next)})
        keepPlace(widget);
    connect(m_previous, &Button::clicked, this, [this] { Q_EMIT stepWanted(-1); });
    connect(m_next, &Button::clicked, this, [this] { Q_EMIT stepWanted(1); });
    return line;
}

QLayout *CallPanel::makeNote()
{
    auto *column = new QVBoxLayout;
    column->setSpacing(size::unit);
    column->addLayout(makeHead());
    column->addWidget(m_note, 1);
    column->addWidget(m_draft);
    m_note->setAccessibleName(tr("Note"));
    m_note->setPlaceholderText(tr("What is it about?"));
    m_note->setTabChangesFocus(true);
    m_note->setMinimumHeight(leastNoteHeight);
    m_note->setMaximumHeight(mostNoteHeight);
    m_note->document()->setDocumentMargin(size::unit);
    connect(m_note, &QPlainTextEdit::textChanged, this, [this] {
        followNote();
        noteEdit();
    });
    return column;
}

QLayout *CallPanel::makeTypes()
{
    auto *line = new QHBoxLayout;
    line->setSpacing(size::groupGap);
    line->addWidget(m_complaint);
    line->addWidget(m_service);
    connect(m_complaint, &Button::clicked, this, [this] { toggleType(name(Case::Type::Complaint)); });
    connect(m_service, &Button::clicked, this, [this] { toggleType(name(Case::Type::ServiceRequest)); });
    return line;
}

/// A case is begun or joined, never both: the two share one place.
QLayout *CallPanel::makeCase()
{
    m_remedyBlock = fieldBlock(tr("Remedy sought"), m_remedy);
    m_subject->setMaxLength(maxSubjectLength);
    const auto page = [this](std::initializer_list<QWidget *> blocks) {
        auto *holder = new QWidget;
        auto *column = new QVBoxLayout(holder);
        column->setContentsMargins({});
        column->setSpacing(size::blockGap);
        for (QWidget *block : blocks)
            column->addWidget(block);
        column->addStretch();
        m_caseWays->addWidget(holder);
    };
    page({fieldBlock(tr("Attach to"), m_case)});
    page({fieldBlock(tr("Subject"), m_subject), m_remedyBlock});
    return m_caseWays;
}

QLayout *CallPanel::makeOutcome()
{
    auto *head = new QHBoxLayout;
    head->addWidget(new SectionHead(tr("Outcome")), 1);
    m_outcomeKeys->setText(nativeText(altKey(QStringLiteral("1"))) +
                           QStringLiteral("…%1").arg(OutcomeChoice::maxButtons));
    keepPlace(m_outcomeKeys);
    head->addWidget(m_outcomeKeys);
    auto *column = new QVBoxLayout;
    column->setContentsMargins({});
    column->setSpacing(size::groupGap);
    column->addLayout(head);
    column->addWidget(m_outcome);
    connect(m_outcome, &OutcomeChoice::outcomeChosen, this, &CallPanel::noteEdit);
    return column;
}

QWidget *CallPanel::makeFoot()
{
    auto *foot = new QWidget;
    auto *column = new QVBoxLayout(foot);
    column->setContentsMargins(size::columnPadding - 1, size::groupGap, size::columnPadding,
                               size::columnPadding);
    column->setSpacing(size::groupGap);
    auto *line = new QHBoxLayout;
    line->setSpacing(size::blockGap);
    auto *missing = new QVBoxLayout;
    missing->addStretch();
    missing->addWidget(m_missing);
    missing->addStretch();
    line->addLayout(missing, 1);
    line->addWidget(m_save, 0, Qt::AlignVCenter);
    column->addWidget(m_saved);
    column->addLayout(line);
    m_save->setKeyHint(tr("Ctrl+Enter"));
    connect(m_save, &Button::clicked, this, &CallPanel::saveWanted);
    return foot;
}

/// Shortcuts of their own: a button pressed by its shortcut acts only a tenth of a second later.
void CallPanel::makeKeys()
{
    addKey(this, altKey(QStringLiteral("C")), [this] { toggleType(name(Case::Type::Complaint)); });
    addKey(this, altKey(QStringLiteral("S")), [this] { toggleType(name(Case::Type::ServiceRequest)); });
    addKey(this, firstOf(QKeySequence::Back), [this] { Q_EMIT stepWanted(-1); });
    addKey(this, firstOf(QKeySequence::Forward), [this] { Q_EMIT stepWanted(1); });
    addKey(this, saveKeys, [this] { Q_EMIT saveWanted(); });
    addKey(this, keypadSaveKeys, [this] { Q_EMIT saveWanted(); });
    addKey(this, QKeySequence(Qt::Key_F7), [this] { focusNote(); });
}

void CallPanel::setOutcomes(const QVector<model::OutcomeCode> &outcomes)
{
    m_outcome->setOutcomes(outcomes);
    QWidget *last = m_remedy;
    for (QWidget *next : m_outcome->stops() + QVector<QWidget *>{m_saved->stop(), m_save})
        setTabOrder(std::exchange(last, next), next);
}

void CallPanel::show(const CallWork &work, const QVector<Case> &openCases)
{
    m_isFilling = true;
    m_shown = work.draft;
    m_hasOwnSubject = work.hasOwnSubject;
    m_note->setPlainText(work.draft.note);
    QTextCursor cursor = m_note->textCursor();
    const int length = int(work.draft.note.size());
    cursor.setPosition(std::clamp(work.anchor, 0, length));
    cursor.setPosition(std::clamp(work.cursor, 0, length), QTextCursor::KeepAnchor);
    m_note->setTextCursor(cursor);
    showFromStart(m_subject, work.draft.subject);
    showFromStart(m_remedy, work.draft.remedySought);
    fillCases(openCases, work.draft.attachTo);
    m_outcome->choose(work.draft.outcome);
    m_type = work.draft.caseType;
    m_isFilling = false;
    m_head->setText(hasCall(work.draft) ? tr("This call") : tr("Without a call"));
    m_save->setText(hasCall(work.draft) ? tr("Save and next") : tr("Save"));
    m_outcomeBlock->setVisible(hasCall(work.draft));
    m_draft->setText({});
    setEnabled(true);
    showFields();
    sayMissing();
}

void CallPanel::showNothing()
{
    show(CallWork{}, {});
    setEnabled(false);
    m_missing->setText(tr("No call"));
    showPlace(0, 0);
}

void CallPanel::showCases(const QVector<Case> &openCases)
{
    fillCases(openCases, Id<Case>{m_case->currentData().toLongLong()});
}

void CallPanel::showPlace(int index, int count)
{
    const bool hasOthers = count > 1;
    m_place->setText(hasOthers ? tr("%1 of %2").arg(index + 1).arg(count) : QString());
    m_previous->setVisible(hasOthers);
    m_next->setVisible(hasOthers);
    m_previous->setEnabled(index > 0);
    m_next->setEnabled(index + 1 < count);
}

void CallPanel::takeInto(CallWork &work) const
{
    work.draft.note = m_note->toPlainText();
    work.cursor = m_note->textCursor().position();
    work.anchor = m_note->textCursor().anchor();
    work.hasOwnSubject = m_hasOwnSubject;
    work.draft.caseType = m_type;
    work.draft.subject = m_type.isEmpty() ? QString() : m_subject->text();
    work.draft.remedySought = m_type == name(Case::Type::Complaint) ? m_remedy->text() : QString();
    work.draft.attachTo = Id<Case>{m_case->currentData().toLongLong()};
    work.draft.outcome = m_outcome->chosen();
}

void CallPanel::attachTo(Id<Case> openCase)
{
    const int index = m_case->findData(openCase.value);
    if (index < 0 || !isEnabled())
        return;
    m_case->setCurrentIndex(index);
    setType({});
    noteEdit();
    focusNote();
}

void CallPanel::setOutcomeKeysActive(bool active)
{
    m_outcome->setKeysActive(active);
    m_outcomeKeys->setVisible(active);
}

void CallPanel::focusNote()
{
    m_note->setFocus(Qt::ShortcutFocusReason);
}

void CallPanel::toggleType(const QString &type)
{
    if (!isEnabled())
        return;
    setType(m_type == type ? QString() : type);
    noteEdit();
    if (!m_type.isEmpty() && m_subject->text().isEmpty())
        m_subject->setFocus(Qt::ShortcutFocusReason);
}

/// A case is begun or joined, never both.
void CallPanel::setType(const QString &type)
{
    m_type = type;
    if (!type.isEmpty())
        m_case->setCurrentIndex(0);
    showFields();
    followNote();
}

void CallPanel::followNote()
{
    if (!m_hasOwnSubject && !m_type.isEmpty() && !m_isFilling)
        showFromStart(m_subject, subjectFrom(m_note->toPlainText()));
}

void CallPanel::fillCases(const QVector<Case> &openCases, Id<Case> chosen)
{
    m_case->clear();
    m_case->addItem(tr("No case"), qlonglong(0));
    for (const Case &file : openCases) {
        m_case->addItem(caseCodeForPeople(file.code) + QLatin1Char(' ') + file.subject,
                        qlonglong(file.id.value));
    }
    m_case->setCurrentIndex(std::max(m_case->findData(qlonglong(chosen.value)), 0));
    m_case->setEnabled(!openCases.isEmpty());
}

void CallPanel::showFields()
{
    m_complaint->setChecked(m_type == name(Case::Type::Complaint));
    m_service->setChecked(m_type == name(Case::Type::ServiceRequest));
    m_caseWays->setCurrentIndex(m_type.isEmpty() ? 0 : 1);
    m_remedyBlock->setVisible(m_type == name(Case::Type::Complaint));
}

void CallPanel::noteEdit()
{
    if (m_isFilling)
        return;
    sayMissing();
    Q_EMIT edited();
}

void CallPanel::sayMissing()
{
    CallWork work{.draft = m_shown};
    takeInto(work);
    m_missing->setInk(Ink::Second);
    m_missing->setText(missingWord(missingIn(work.draft)));
}

void CallPanel::sayDraft(const QString &sentence, bool isKept)
{
    m_draft->setInk(isKept ? Ink::Third : Ink::Bad);
    m_draft->setText(sentence);
}

void CallPanel::saySaved(const QString &clockTime, const QString &code)
{
    m_saved->show(clockTime, code);
}

void CallPanel::forgetSaved()
{
    m_saved->clear();
}

void CallPanel::sayFailed(const QString &sentence)
{
    m_missing->setInk(Ink::Bad);
    m_missing->setText(sentence);
}

} // namespace ringbook::ui
