#include "ui/card/CaseEntry.h"

#include "ui/card/Fields.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Aloud.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QStackedLayout>

#include <algorithm>
#include <utility>

namespace ringbook::ui {

using model::Case;

namespace {

void showFromStart(QLineEdit *field, const QString &text)
{
    field->setText(text);
    field->setCursorPosition(0);
}

QKeySequence attachKeys()
{
    return altKey(QStringLiteral("A"));
}

QKeySequence subjectKeys()
{
    return altKey(QStringLiteral("U"));
}

QKeySequence remedyKeys()
{
    return altKey(QStringLiteral("R"));
}

QWidget *pageOf(std::initializer_list<QWidget *> blocks)
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(size::blockGap);
    for (QWidget *block : blocks)
        column->addWidget(block);
    column->addStretch();
    return page;
}

} // namespace

CaseEntry::CaseEntry(QWidget *parent)
    : QWidget(parent),
      m_complaint(new Button(tr("Complaint"), Button::Kind::Choice)),
      m_service(new Button(tr("Service"), Button::Kind::Choice)),
      m_ways(new QStackedLayout),
      m_case(new CalmComboBox),
      m_attach(fieldBlock(tr("Attach to"), m_case, attachKeys())),
      m_subject(new QLineEdit),
      m_remedy(new QLineEdit),
      m_remedyBlock(fieldBlock(tr("Remedy sought"), m_remedy, remedyKeys()))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(size::blockGap);
    makeTypes(*column);
    makeWays(*column);
}

void CaseEntry::makeTypes(QBoxLayout &column)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(size::groupGap);
    column.addLayout(line);
    // Shortcuts of their own: a button pressed by its shortcut acts only a tenth of a second later.
    const auto offer = [this, line](Button *button, const QString &letter, Case::Type type) {
        const QKeySequence keys = altKey(letter);
        button->setSpread(true);
        button->setKeyHint(keyText(keys));
        line->addWidget(button);
        connect(button, &Button::clicked, this, [this, type] { toggleType(type); });
        addKey(this, keys, [this, type] { toggleType(type); });
    };
    offer(m_complaint, QStringLiteral("C"), Case::Type::Complaint);
    offer(m_service, QStringLiteral("S"), Case::Type::ServiceRequest);
}

void CaseEntry::makeWays(QBoxLayout &column)
{
    column.addLayout(m_ways);
    m_ways->addWidget(pageOf({m_attach}));
    makeNews(*m_attach);
    addKey(this, attachKeys(), [this] { attachToNext(); });
    m_ways->addWidget(pageOf({fieldBlock(tr("Subject"), m_subject, subjectKeys()), m_remedyBlock}));
    addKey(m_subject, subjectKeys(), [this] { m_subject->setFocus(Qt::ShortcutFocusReason); });
    addKey(m_remedy, remedyKeys(), [this] { m_remedy->setFocus(Qt::ShortcutFocusReason); });
    m_subject->setMaxLength(maxSubjectLength);
    connect(m_subject, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_hasOwnSubject = !text.isEmpty();
        Q_EMIT edited();
    });
    connect(m_remedy, &QLineEdit::textEdited, this, &CaseEntry::edited);
    connect(m_case, &QComboBox::activated, this, [this](int index) {
        if (index > 0)
            setType({});
        Q_EMIT edited();
    });
}

void CaseEntry::show(const CallWork &work, const QVector<Case> &openCases)
{
    m_note = work.draft.note;
    m_type = work.draft.caseType;
    m_hasOwnSubject = work.hasOwnSubject;
    showFromStart(m_subject, work.draft.subject);
    showFromStart(m_remedy, work.draft.remedySought);
    fillCases(openCases, work.draft.attachTo);
    showType();
}

void CaseEntry::showCases(const QVector<Case> &openCases)
{
    fillCases(openCases, Id<Case>{m_case->currentData().toLongLong()});
}

void CaseEntry::takeInto(CallWork &work) const
{
    work.hasOwnSubject = m_hasOwnSubject;
    work.draft.caseType = m_type;
    work.draft.subject = m_type.isEmpty() ? QString() : m_subject->text();
    work.draft.remedySought = m_type == name(Case::Type::Complaint) ? m_remedy->text() : QString();
    work.draft.attachTo = Id<Case>{m_case->currentData().toLongLong()};
}

void CaseEntry::followNote(const QString &note)
{
    m_note = note;
    fillSubject();
}

bool CaseEntry::attachTo(Id<Case> openCase)
{
    const int index = m_case->findData(openCase.value);
    if (index < 0 || !isEnabled())
        return false;
    m_case->setCurrentIndex(index);
    setType({});
    Q_EMIT edited();
    return true;
}

QWidget *CaseEntry::lastStop() const
{
    return m_remedy;
}

/// The case that was chosen stays, also when it was closed meanwhile: the note is written for it.
void CaseEntry::fillCases(const QVector<Case> &openCases, Id<Case> chosen)
{
    QVector<Choice> choices{{tr("No case"), {}}};
    for (const Case &file : openCases)
        choices.append({caseCodeForPeople(file.code) + QLatin1Char(' ') + file.subject, file.id});
    const auto isChosen = [chosen](const Choice &choice) { return choice.second == chosen; };
    if (std::ranges::none_of(choices, isChosen)) {
        const auto before = std::ranges::find_if(m_choices, isChosen);
        choices.append(before != m_choices.end() ? *before
                                                 : Choice{tr("A case that is not here yet"), chosen});
    }
    if (choices != std::exchange(m_choices, choices)) {
        m_case->clear();
        for (const auto &[text, id] : choices)
            m_case->addItem(text, qlonglong(id.value));
    }
    m_case->setCurrentIndex(std::max(m_case->findData(qlonglong(chosen.value)), 0));
    m_case->setEnabled(choices.size() > 1);
}

/// The cursor stays where it is: the next letter belongs to the note.
void CaseEntry::attachToNext()
{
    if (!isEnabled() || m_case->count() < 2)
        return;
    setType({});
    m_case->setCurrentIndex((m_case->currentIndex() + 1) % m_case->count());
    sayAloud(*m_attach, withoutMarks(m_case->currentText()));
    Q_EMIT edited();
}

void CaseEntry::toggleType(Case::Type type)
{
    if (!isEnabled())
        return;
    setType(m_type == name(type) ? QString() : name(type));
    Q_EMIT edited();
}

void CaseEntry::setType(const QString &type)
{
    m_type = type;
    if (!type.isEmpty())
        m_case->setCurrentIndex(0);
    showType();
    fillSubject();
}

void CaseEntry::showType()
{
    const bool hadCursor = m_subject->hasFocus() || m_remedy->hasFocus();
    m_complaint->setChecked(m_type == name(Case::Type::Complaint));
    m_service->setChecked(m_type == name(Case::Type::ServiceRequest));
    m_ways->setCurrentIndex(m_type.isEmpty() ? 0 : 1);
    m_remedyBlock->setVisible(m_type == name(Case::Type::Complaint));
    if (hadCursor && !m_subject->hasFocus() && !m_remedy->hasFocus())
        Q_EMIT fieldsLeft();
}

void CaseEntry::fillSubject()
{
    if (!m_hasOwnSubject && !m_type.isEmpty())
        showFromStart(m_subject, subjectFrom(m_note));
}

} // namespace ringbook::ui
