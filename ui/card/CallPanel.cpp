#include "ui/card/CallPanel.h"

#include "ui/card/CallSteps.h"
#include "ui/card/CardWords.h"
#include "ui/card/CaseEntry.h"
#include "ui/card/Column.h"
#include "ui/card/Fields.h"
#include "ui/card/OutcomeChoice.h"
#include "ui/card/PromiseEntry.h"
#include "ui/card/SavedStrip.h"
#include "ui/widgets/Aloud.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"
#include "ui/widgets/SectionHead.h"

#include <QBoxLayout>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QTextBlock>
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

} // namespace

CallPanel::CallPanel(QWidget *parent)
    : Panel(Qt::LeftEdge, parent),
      m_steps(new CallSteps),
      m_note(new QPlainTextEdit),
      m_draft(new ElidedLabel(TextRole::Status, Ink::Third)),
      m_promise(new PromiseEntry),
      m_promiseIt(new Button(tr("Promise"), Button::Kind::Link)),
      m_case(new CaseEntry),
      m_outcomeBlock(new QWidget),
      m_outcomeKeys(new KeyHint({})),
      m_outcome(new OutcomeChoice),
      m_saved(new SavedStrip),
      m_missing(new Paragraph(TextRole::Body, Ink::Second)),
      m_save(new Button(tr("Save and next"), Button::Kind::Primary))
{
    makeNews(*m_missing);
    makeNews(*m_draft);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    m_form = makeForm();
    m_formArea = scrolling(m_form);
    column->addWidget(m_formArea, 1);
    column->addWidget(makeFoot());
    connect(m_steps, &CallSteps::stepWanted, this, &CallPanel::stepWanted);
    connect(m_case, &CaseEntry::edited, this, &CallPanel::noteEdit);
    connect(m_case, &CaseEntry::fieldsLeft, this, &CallPanel::focusNote);
    connect(m_outcome, &OutcomeChoice::outcomeChosen, this, [this] {
        m_formArea->ensureWidgetVisible(m_outcomeBlock, 0, 0); // what was chosen is seen, also at 200 %
        noteEdit();
    });
    addKey(this, saveKeys, [this] { Q_EMIT saveWanted(); });
    addKey(this, keypadSaveKeys, [this] { Q_EMIT saveWanted(); });
    addKey(this, QKeySequence(Qt::Key_F7), [this] { focusNote(); });
    showNothing();
}

QWidget *CallPanel::makeForm()
{
    auto *form = new QWidget;
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(size::columnPadding - 1, size::columnPadding - size::unit, size::columnPadding,
                               0);
    column->setSpacing(size::blockGap);
    makeNote(*column);
    column->addWidget(m_case);
    makeOutcome();
    column->addWidget(m_outcomeBlock);
    column->addStretch(); // the note grows first
    return form;
}

void CallPanel::makeNote(QBoxLayout &column)
{
    auto *block = new QVBoxLayout;
    column.addLayout(block, 1);
    block->setSpacing(size::unit);
    block->addWidget(m_steps);
    block->addWidget(m_note, 1);
    auto *below = new QHBoxLayout;
    below->addWidget(m_draft, 1);
    below->addWidget(m_promiseIt);
    block->addLayout(below);
    block->addWidget(m_promise);
    addKey(this, altKey(QStringLiteral("P")), *m_promiseIt);
    connect(m_promiseIt, &Button::clicked, this, &CallPanel::promiseLine);
    connect(m_promise, &PromiseEntry::edited, this, &CallPanel::noteEdit);
    connect(m_promise, &PromiseEntry::left, this, &CallPanel::focusNote);
    m_note->setAccessibleName(tr("Note"));
    m_note->setPlaceholderText(tr("What is it about?"));
    m_note->setTabChangesFocus(true);
    m_note->setMinimumHeight(leastNoteHeight);
    m_note->setMaximumHeight(mostNoteHeight);
    m_note->document()->setDocumentMargin(size::unit);
    connect(m_note, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_isFilling)
            m_case->followNote(m_note->toPlainText());
        noteEdit();
    });
}

void CallPanel::makeOutcome()
{
    auto *head = new QHBoxLayout;
    head->addWidget(new SectionHead(tr("Outcome")), 1);
    keepPlace(m_outcomeKeys);
    head->addWidget(m_outcomeKeys);
    auto *column = new QVBoxLayout(m_outcomeBlock);
    column->setContentsMargins({});
    column->setSpacing(size::groupGap);
    column->addLayout(head);
    column->addWidget(m_outcome);
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
    m_save->setKeyHint(keyText(saveKeys));
    connect(m_save, &Button::clicked, this, &CallPanel::saveWanted);
    return foot;
}

void CallPanel::setColleagues(const QVector<model::User> &colleagues)
{
    m_promise->setColleagues(colleagues);
}

void CallPanel::setClock(std::function<Reading()> reading)
{
    m_reading = std::move(reading);
}

void CallPanel::setCustomerZone(const QString &zone)
{
    m_customerZone = zone;
    m_promise->setCustomerZone(zone);
}

/// The line the cursor is in, or what is marked.
void CallPanel::promiseLine()
{
    const QTextCursor cursor = m_note->textCursor();
    const QString line = cursor.hasSelection() ? cursor.selectedText() : cursor.block().text();
    m_promise->promise(line, m_reading().now);
}

void CallPanel::setOutcomes(const QVector<model::OutcomeCode> &outcomes)
{
    m_outcome->setOutcomes(outcomes);
    m_outcomeKeys->setText(m_outcome->keys());
    QWidget *last = m_case->lastStop();
    for (QWidget *next : m_outcome->stops() + QVector<QWidget *>{m_saved->stop(), m_save})
        setTabOrder(std::exchange(last, next), next);
}

void CallPanel::show(const CallWork &work, const QVector<Case> &openCases)
{
    m_isFilling = true;
    m_shown = work.draft;
    showNote(work);
    m_promise->show(work.draft.promises, m_reading(), m_customerZone);
    m_case->show(work, openCases);
    m_outcome->choose(work.draft.outcome);
    m_isFilling = false;
    showTitle(work);
    m_save->setText(hasCall(work.draft) ? tr("Save and next") : tr("Save"));
    m_outcomeBlock->setVisible(hasCall(work.draft));
    m_draft->setText({});
    setWork(true);
    sayMissing();
}

/// An empty note after an empty note is not painted anew.
void CallPanel::showNote(const CallWork &work)
{
    if (m_note->toPlainText() != work.draft.note)
        m_note->setPlainText(work.draft.note);
    m_note->document()->clearUndoRedoStacks(); // nothing of another caller's note comes back
    QTextCursor cursor = m_note->textCursor();
    const int length = int(work.draft.note.size());
    cursor.setPosition(std::clamp(work.anchor, 0, length));
    cursor.setPosition(std::clamp(work.cursor, 0, length), QTextCursor::KeepAnchor);
    if (cursor != m_note->textCursor() || cursor.anchor() != m_note->textCursor().anchor())
        m_note->setTextCursor(cursor);
}

void CallPanel::showTitle(const CallWork &work)
{
    const bool isSaved = work.leftBy && !work.leftBy->isOver();
    m_steps->setTitle(hasCall(work.draft) ? tr("This call")
                      : isSaved           ? tr("This call is saved")
                      : work.leftBy       ? tr("Last call, saved")
                                          : tr("No call"));
}

void CallPanel::showNothing(bool savedCallGoesOn)
{
    show(CallWork{}, {});
    setWork(false);
    if (savedCallGoesOn)
        m_steps->setTitle(tr("This call is saved"));
    m_missing->setText(savedCallGoesOn ? QString() : tr("No call"));
    showPlace(0, 0);
}

/// What was saved last can be read out also when nothing comes after it.
void CallPanel::setWork(bool isThere)
{
    m_form->setEnabled(isThere);
    m_save->setEnabled(isThere);
}

void CallPanel::showCases(const QVector<Case> &openCases)
{
    m_case->showCases(openCases);
}

void CallPanel::showPlace(int index, int count)
{
    m_steps->showPlace(index, count);
}

void CallPanel::takeInto(CallWork &work) const
{
    work.draft.note = m_note->toPlainText();
    work.cursor = m_note->textCursor().position();
    work.anchor = m_note->textCursor().anchor();
    work.draft.promises = m_promise->promises();
    work.draft.outcome = m_outcome->chosen();
    m_case->takeInto(work);
}

void CallPanel::attachTo(Id<Case> openCase)
{
    if (m_case->attachTo(openCase))
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
    const bool isBegun = hasCall(work.draft) || hasContent(work.draft);
    const auto missing = missingIn(work.draft);
    const bool isNobodys = missing == model::Missing::Nothing && hasCall(work.draft) && !work.draft.customer;
    m_missing->setText(!isBegun ? QString() : isNobodys ? tr("No caller is named") : missingWord(missing));
}

void CallPanel::sayDraft(const QString &sentence, bool isKept)
{
    const bool isNews = !isKept && m_draft->text() != sentence;
    m_draft->setInk(isKept ? Ink::Third : Ink::Bad);
    m_draft->setText(sentence);
    if (isNews)
        sayAloud(*m_draft, sentence);
}

void CallPanel::saySaved(const QString &clockTime, const QString &who, const QString &code)
{
    m_saved->show(clockTime, who, code);
}

void CallPanel::forgetSaved()
{
    m_saved->clear();
}

void CallPanel::saySavedRemoved()
{
    m_saved->showRemoved();
}

void CallPanel::sayFailed(const QString &sentence)
{
    m_missing->setInk(Ink::Bad);
    m_missing->setText(sentence);
    sayAloud(*m_missing, sentence);
}

} // namespace ringbook::ui
