#include "ui/card/ProfileView.h"

#include "ui/card/AlertBox.h"
#include "ui/card/CardWords.h"
#include "ui/card/ConflictBlock.h"
#include "ui/card/Fields.h"
#include "ui/text/ConflictWords.h"
#include "ui/text/Numbers.h"
#include "ui/text/PresenceWords.h"
#include "ui/text/Wording.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/FactRow.h"
#include "ui/widgets/FieldMark.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"
#include "ui/widgets/SectionHead.h"

#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ringbook::ui {

using model::ContactPoint;

namespace {

constexpr int maxAlerts = 3;
constexpr int maxNameLines = 4;
constexpr int maxRoleLines = 4;
constexpr int maxServiceLines = 12;
constexpr int sectionGap = 16;
constexpr int maxTierWidth = 112; ///< beside it the name keeps the larger part of its line
constexpr int keptReachRows = 5;

QString valueOf(const ContactPoint &point)
{
    const QString value = point.channel == ContactPoint::Channel::Phone
                              ? phoneForPeople(point.e164.isEmpty() ? point.value : point.e164)
                              : isolated(point.value);
    return point.verified ? value + QStringLiteral(" ✓") : value;
}

bool knowsNumber(const model::Card &card)
{
    return std::any_of(card.contactPoints.begin(), card.contactPoints.end(), [&](const ContactPoint &point) {
        return point.e164 == card.number || point.value == card.number;
    });
}

} // namespace

ProfileView::ProfileView(QWidget *parent)
    : QWidget(parent),
      m_name(new Paragraph(TextRole::Title)),
      m_tier(new Chip),
      m_role(new Paragraph(TextRole::Body, Ink::Second)),
      m_confidence(new Chip),
      m_languages(new Chip),
      m_people(new Paragraph(TextRole::Status, Ink::Accent)),
      m_alertPlace(new QWidget),
      m_reachHead(new SectionHead(tr("Reach"))),
      m_reachLines(new QVBoxLayout),
      m_time(new FactRow),
      m_remember(new Button(tr("Remember this number"), Button::Kind::Link)),
      m_somebodyElse(new Button(tr("Somebody else is calling"), Button::Kind::Link)),
      m_serviceHead(new SectionHead(tr("Good service means"))),
      m_service(new Paragraph),
      m_notesHead(new SectionHead(tr("Notes"))),
      m_notes(new Paragraph),
      m_conflicts(new ConflictBlock)
{
    m_name->setMaxLines(maxNameLines);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                               size::columnPadding);
    column->setSpacing(0);
    addWho(*column);
    addAlerts(*column);
    addReach(*column);
    for (auto [title, text] : {std::pair(m_serviceHead, m_service), std::pair(m_notesHead, m_notes)}) {
        column->addSpacing(sectionGap);
        column->addWidget(title);
        column->addSpacing(size::groupGap);
        column->addWidget(text);
    }
    column->addSpacing(sectionGap);
    column->addWidget(m_conflicts);
    column->addStretch();
    addMarks();
    showPeople({});
    connect(m_conflicts, &ConflictBlock::decideWanted, this, &ProfileView::decideWanted);
    connect(m_somebodyElse, &Button::clicked, this, &ProfileView::somebodyElseCalls);
    addKey(m_somebodyElse, altKey(QStringLiteral("O")), [this] { Q_EMIT somebodyElseCalls(); });
    connect(m_remember, &Button::clicked, this, &ProfileView::rememberNumberWanted);
    addKey(m_remember, altKey(QStringLiteral("M")), [this] { Q_EMIT rememberNumberWanted(); });
}

void ProfileView::addWho(QVBoxLayout &column)
{
    auto *head = new QHBoxLayout;
    head->setSpacing(size::groupGap);
    head->addWidget(m_name, 1);
    head->addWidget(m_tier, 0, Qt::AlignTop);
    m_tier->setMaximumWidth(maxTierWidth);
    auto *chips = new QHBoxLayout;
    chips->setSpacing(size::groupGap);
    chips->addWidget(m_confidence);
    chips->addWidget(m_languages);
    chips->addStretch();
    column.addLayout(head);
    column.addWidget(m_role);
    column.addSpacing(2 * size::unit);
    column.addLayout(chips);
    column.addSpacing(size::unit);
    column.addWidget(m_people);
    column.addSpacing(size::unit);
    QSizePolicy alwaysThere = m_people->sizePolicy();
    alwaysThere.setRetainSizeWhenHidden(true); // people come and go while one reads what is below
    m_people->setSizePolicy(alwaysThere);
}

void ProfileView::addAlerts(QVBoxLayout &column)
{
    column.addWidget(m_alertPlace);
    column.addSpacing(size::unit);
    auto *alerts = new QVBoxLayout(m_alertPlace);
    alerts->setContentsMargins(0, 0, 0, size::blockGap);
    alerts->setSpacing(size::groupGap);
    for (int i = 0; i < maxAlerts; ++i) {
        m_alerts.append(new AlertBox);
        alerts->addWidget(m_alerts.last());
    }
}

void ProfileView::addReach(QVBoxLayout &column)
{
    column.addWidget(m_reachHead);
    column.addSpacing(size::groupGap);
    m_reachLines->setSpacing(0);
    column.addLayout(m_reachLines);
    for (int i = 0; i < keptReachRows; ++i)
        reachRow(i);
    column.addWidget(m_time);
    column.addWidget(m_remember);
    column.addWidget(m_somebodyElse);
    m_remember->setKeyHint(keyText(altKey(QStringLiteral("M"))));
    m_somebodyElse->setKeyHint(keyText(altKey(QStringLiteral("O"))));
}

/// A field without a value has no place on the card, and its mark none.
void ProfileView::addMarks()
{
    using Place = FieldMark::Place;
    m_marks = {{QStringLiteral("name"), new FieldMark(*m_name, Place::Margin)},
               {QStringLiteral("role"), new FieldMark(*m_role, Place::Margin)},
               {QStringLiteral("tier"), new FieldMark(*m_tier, Place::Corner)},
               {QStringLiteral("language"), new FieldMark(*m_languages, Place::Corner)},
               {QStringLiteral("time_zone"), new FieldMark(*m_time, Place::Margin)},
               {QStringLiteral("good_service"), new FieldMark(*m_service, Place::Margin)},
               {QStringLiteral("notes"), new FieldMark(*m_notes, Place::Margin)}};
}

void ProfileView::show(const model::Card &card, const Reading &reading, bool isCall)
{
    showWho(card);
    showAlerts(card, reading);
    showReach(card, isCall);
    m_timeZone = card.customer.timeZone;
    showTime(reading);
    for (auto [title, text, value] : {std::tuple(m_serviceHead, m_service, card.customer.goodService),
                                      std::tuple(m_notesHead, m_notes, card.customer.notes)}) {
        text->setText(value);
        title->setVisible(!value.isEmpty());
        text->setVisible(!value.isEmpty());
    }
    markConflicts(card, reading);
}

/// A value that comes while the card is open takes the lines that its place has.
void ProfileView::showWho(const model::Card &card)
{
    const bool isSame = std::exchange(m_customer, card.customer.id) == card.customer.id && isVisible();
    const auto room = [isSame](const Paragraph &text, int &kept, int most) {
        if (!isSame || text.text().isEmpty())
            kept = 0;
        else if (kept == 0)
            kept = text.lineCount(); // as it came up
        return kept > 0 ? kept : most;
    };
    m_name->setMaxLines(room(*m_name, m_nameLines, maxNameLines));
    m_role->setMaxLines(room(*m_role, m_roleLines, maxRoleLines));
    m_service->setMaxLines(room(*m_service, m_serviceLines, maxServiceLines));
    m_name->setText(card.customer.name);
    m_tier->setChip(card.customer.tier, Tone::Accent);
    m_role->setText(roleAndOrganisation(card.customer, card.organisationName));
    m_role->setVisible(!m_role->text().isEmpty());
    const Badge sure = confidenceBadge(card.confidence);
    m_confidence->setChip(card.number.isEmpty() && card.confidence == model::Confidence::Chosen ? QString()
                                                                                                : sure.text,
                          sure.tone);
    m_languages->setChip(languageNames(card.customer.language), Tone::Neutral);
}

void ProfileView::showPeople(const QVector<model::Presence> &people)
{
    m_people->setText(people.isEmpty() ? QString(QChar::Nbsp) : peopleLine(people)); // as high as a line
    m_people->setVisible(!people.isEmpty());
}

FieldMark *ProfileView::markFor(const model::ConflictLine &line, const model::Card &card)
{
    const model::RecordKey &record = line.conflict.record;
    if (record.kind == QLatin1String("customer")) {
        const bool isOrganisation = line.conflict.field == QLatin1String("organisation");
        const bool isDeletion = line.conflict.field.isEmpty();
        return m_marks.value(isOrganisation ? QStringLiteral("role")
                             : isDeletion   ? QStringLiteral("name")
                                            : line.conflict.field);
    }
    const auto point = std::ranges::find(card.contactPoints, Id<ContactPoint>{record.id}, &ContactPoint::id);
    const bool isReach = record.kind == QLatin1String("contact_point") && point != card.contactPoints.end();
    return isReach ? m_reachMarks.at(point - card.contactPoints.begin()) : nullptr;
}

/// They may come while the card is open: what is below a mark stays where it is.
void ProfileView::markConflicts(const model::Card &card, const Reading &reading)
{
    QMap<FieldMark *, QStringList> words;
    for (const model::ConflictLine &line : card.conflicts)
        if (FieldMark *mark = markFor(line, card))
            words[mark].append(otherValueLine(line, reading));
    for (FieldMark *mark : m_marks.values() + m_reachMarks)
        mark->mark(words.value(mark).join(u'\n'));
    m_conflicts->show(card.conflicts, reading);
}

void ProfileView::showAlerts(const model::Card &card, const Reading &reading)
{
    m_alertPlace->setVisible(!card.alerts.isEmpty());
    for (int i = 0; i < maxAlerts; ++i) {
        if (i < card.alerts.size())
            m_alerts[i]->show(card.alerts.at(i), reading);
        else
            m_alerts[i]->hide();
    }
}

FactRow *ProfileView::reachRow(int at)
{
    while (m_reach.size() <= at) {
        m_reach.append(new FactRow);
        m_reachLines->addWidget(m_reach.last());
        m_reachMarks.append(new FieldMark(*m_reach.last(), FieldMark::Place::Margin));
        connect(m_reach.last(), &FactRow::callWanted, this, [this, row = m_reach.size() - 1] {
            const model::ContactPoint point = m_points.value(row);
            Q_EMIT callWanted(point.e164.isEmpty() ? point.value : point.e164);
        });
    }
    return m_reach.at(at);
}

void ProfileView::setCanCall(bool can)
{
    m_canCall = can;
    offerCalls();
}

void ProfileView::offerCalls()
{
    for (int i = 0; i < m_points.size(); ++i) {
        const model::ContactPoint &point = m_points.at(i);
        const bool isPhone = point.channel == model::ContactPoint::Channel::Phone;
        m_reach.at(i)->setCallable(m_canCall && isPhone && !point.notTheirsSince);
    }
}

void ProfileView::showReach(const model::Card &card, bool isCall)
{
    m_points = card.contactPoints;
    for (int i = 0; i < card.contactPoints.size(); ++i) {
        FactRow *row = reachRow(i);
        row->setFact(contactCaption(card.contactPoints.at(i)), valueOf(card.contactPoints.at(i)));
        row->setVisible(true);
    }
    for (int i = int(card.contactPoints.size()); i < m_reach.size(); ++i)
        m_reach.at(i)->hide();
    offerCalls();
    const bool isNew =
        card.confidence == model::Confidence::Chosen && !card.number.isEmpty() && !knowsNumber(card);
    if (isNew)
        m_remember->setText(tr("Remember %1 here").arg(phoneForPeople(card.number)));
    m_remember->setVisible(isNew);
    m_somebodyElse->setVisible(isCall);
}

void ProfileView::showTime(const Reading &reading)
{
    const QString time = timeThere(reading.now, m_timeZone);
    m_time->setFact(tr("Their time"), time);
    m_time->setVisible(!time.isEmpty());
}

} // namespace ringbook::ui
