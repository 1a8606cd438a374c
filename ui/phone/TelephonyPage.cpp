#include "ui/phone/TelephonyPage.h"

#include "ui/card/Column.h"
#include "ui/card/Fields.h"
#include "ui/card/RowList.h"
#include "ui/phone/RowsModel.h"
#include "ui/phone/TelephonyWords.h"
#include "ui/widgets/Aloud.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/Ground.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"
#include "ui/widgets/SectionHead.h"

#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace ringbook::ui {

using model::TelephonySource;

namespace {

constexpr int mostPhoneRows = 6;
constexpr int mostStepRows = 40;
constexpr int mostRequestRows = 8;
constexpr int mostFindingRows = 20;
constexpr int mostUnassignedRows = 5;

} // namespace

TelephonyPage::TelephonyPage(const Clock &clock, QTimeZone zone, QWidget *parent)
    : QWidget(parent),
      m_clock(clock),
      m_zone(std::move(zone)),
      m_title(new ElidedLabel(TextRole::Title)),
      m_state(new Chip),
      m_other(new Button(tr("The next one"), Button::Kind::Link)),
      m_problem(new Paragraph(TextRole::Body, Ink::Bad)),
      m_about(new Paragraph(TextRole::Body, Ink::Second)),
      m_examine(new Button(tr("Examine now"), Button::Kind::Primary)),
      m_replay(new Button(tr("Ring here as the last call did"), Button::Kind::Secondary)),
      m_told(new Paragraph(TextRole::Body, Ink::Second)),
      m_findingsHead(new SectionHead(tr("What was found"))),
      m_findings(new RowList(RowDelegate::Shape::Entry)),
      m_phonesHead(new SectionHead(tr("Phones"))),
      m_phones(new RowList(RowDelegate::Shape::Entry)),
      m_unassignedHead(new SectionHead(tr("Seen, but in no setting"))),
      m_unassigned(new RowList(RowDelegate::Shape::Entry)),
      m_requestsHead(new SectionHead(tr("What was posted to the hub"))),
      m_requests(new RowList(RowDelegate::Shape::Entry)),
      m_stepsHead(new SectionHead(tr("The last calls, step by step"))),
      m_steps(new RowList(RowDelegate::Shape::Entry)),
      m_findingRows(new RowsModel(this)),
      m_phoneRows(new RowsModel(this)),
      m_unassignedRows(new RowsModel(this)),
      m_requestRows(new RowsModel(this)),
      m_stepRows(new RowsModel(this))
{
    buildUi();
    connectUp();
    refresh();
}

void TelephonyPage::buildUi()
{
    auto *content = new Panel(Qt::RightEdge);
    content->setMaximumWidth(size::listPage);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_state);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_examine);
    buttons->addWidget(m_replay);
    buttons->addStretch();
    buttons->addWidget(m_other);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                               size::columnPadding);
    column->setSpacing(size::groupGap);
    column->addLayout(head);
    column->addWidget(m_problem);
    column->addWidget(m_about);
    column->addLayout(buttons);
    column->addWidget(m_told);
    for (const auto &[title, list, model] : {std::tuple(m_findingsHead, m_findings, m_findingRows),
                                             std::tuple(m_phonesHead, m_phones, m_phoneRows),
                                             std::tuple(m_unassignedHead, m_unassigned, m_unassignedRows),
                                             std::tuple(m_requestsHead, m_requests, m_requestRows),
                                             std::tuple(m_stepsHead, m_steps, m_stepRows)}) {
        list->setModel(model);
        list->setAccessibleName(title->text());
        list->setCopiesTitle(true);
        column->addSpacing(size::groupGap);
        column->addWidget(title);
        column->addWidget(list);
    }
    column->addStretch();
    m_steps->setEmptyText(tr("No call has come since the hub began."));
    m_requests->setEmptyText(
        tr("Nothing yet. “ringbook-hub calls webhook” says to which address it has to post."));
    m_phones->setEmptyText(tr("The settings name no phone."));
    makeNews(*m_told);
    auto *page = new QHBoxLayout(this);
    page->setContentsMargins({});
    page->addWidget(scrolling(content), 1);
    setFocusProxy(m_phones);
}

void TelephonyPage::connectUp()
{
    m_news.setInterval(newsEveryMs);
    connect(&m_news, &QTimer::timeout, this, &TelephonyPage::newsWanted);
    connect(m_examine, &Button::clicked, this, &TelephonyPage::examine);
    connect(m_replay, &Button::clicked, this, [this] { Q_EMIT replayWanted(m_source); });
    connect(m_other, &Button::clicked, this, [this] { step(1); });
    addKey(this, altKey(QStringLiteral("E")), *m_examine);
    addKey(this, altKey(QStringLiteral("R")), *m_replay);
    addKey(this, altKey(QStringLiteral("N")), *m_other);
}

void TelephonyPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_news.start();
    Q_EMIT newsWanted();
}

void TelephonyPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_news.stop();
}

void TelephonyPage::show(const QVector<TelephonySource> &sources)
{
    m_sources = sources;
    if (!current() && !sources.isEmpty())
        m_source = sources.first().source;
    refresh();
}

const TelephonySource *TelephonyPage::current() const
{
    const auto found = std::ranges::find(m_sources, m_source, &TelephonySource::source);
    return found == m_sources.end() ? nullptr : &*found;
}

void TelephonyPage::step(int by)
{
    const auto at = std::ranges::find(m_sources, m_source, &TelephonySource::source) - m_sources.begin();
    if (m_sources.isEmpty())
        return;
    m_source = m_sources.at((at + by) % m_sources.size()).source;
    m_findingRows->show({});
    m_told->setText({});
    refresh();
}

void TelephonyPage::refresh()
{
    const TelephonySource *source = current();
    const TelephonySource none;
    const TelephonySource &shown = source ? *source : none;
    const Reading reading{m_clock.now(), m_zone};
    m_title->setText(source ? tr("Telephone system %1").arg(shown.source) : tr("No telephone system"));
    m_state->setChip(source ? linkWord(shown) : QString(), isLinked(shown) ? Tone::Good : Tone::Bad);
    m_problem->setText(shown.problem);
    m_problem->setVisible(!shown.problem.isEmpty());
    QStringList about{shown.protection, clockWords(shown)};
    about.removeAll(QString());
    m_about->setText(
        source ? about.join(u' ')
               : tr("This hub was started without one; the help of “ringbook-hub serve” says how to "
                    "name it with --pbx."));
    m_about->setVisible(!m_about->text().isEmpty());
    m_other->setVisible(m_sources.size() > 1);
    m_examine->setVisible(shown.kind == QLatin1String("asterisk"));
    m_replay->setVisible(!shown.steps.isEmpty());
    QVector<Row> phones, unassigned;
    for (const model::TelephoneAt &phone : shown.phones)
        phones.append(telephoneRow(phone, reading));
    for (const model::Unassigned &one : shown.unassigned)
        unassigned.append(unassignedRow(one));
    m_phoneRows->show(phones);
    m_unassignedRows->show(unassigned);
    m_stepRows->show(stepRows(shown, reading));
    const bool posts = shown.kind == QLatin1String("webhook");
    m_requestRows->show(requestRows(shown, reading));
    m_requestsHead->setVisible(posts);
    m_requests->setVisible(posts);
    m_requests->fitRows(mostRequestRows);
    for (const auto &[head, list, model, most] :
         {std::tuple(m_findingsHead, m_findings, m_findingRows, mostFindingRows),
          std::tuple(m_unassignedHead, m_unassigned, m_unassignedRows, mostUnassignedRows)}) {
        head->setVisible(model->rowCount() > 0);
        list->setVisible(model->rowCount() > 0);
        list->fitRows(most);
    }
    m_phones->fitRows(mostPhoneRows);
    m_steps->fitRows(mostStepRows);
}

void TelephonyPage::examine()
{
    m_examine->setEnabled(false);
    m_findingRows->show({});
    sayAloud(*m_told,
             tr("The hub reaches it once more and listens for some seconds. Call one of the phones now."));
    m_told->setText(
        tr("The hub reaches it once more and listens for some seconds. Call one of the phones now."));
    refresh();
    Q_EMIT examinationWanted(m_source);
}

void TelephonyPage::showFindings(const QVector<model::TelephonyFinding> &findings)
{
    QVector<Row> rows;
    for (const model::TelephonyFinding &finding : findings)
        rows.append(findingRow(finding));
    const auto isBad = [](const model::TelephonyFinding &finding) {
        return finding.grade == model::TelephonyFinding::Grade::Bad;
    };
    const int bad = int(std::ranges::count_if(findings, isBad));
    m_findingRows->show(rows);
    m_examine->setEnabled(true);
    const QString sentence =
        bad > 0 ? tr("%n things are wrong.", nullptr, bad) : tr("Nothing is wrong on the hub's side.");
    m_told->setText(sentence);
    sayAloud(*m_told, sentence);
    refresh();
}

void TelephonyPage::sayFailed(const QString &sentence)
{
    m_examine->setEnabled(true);
    m_told->setText(sentence);
    sayAloud(*m_told, sentence);
}

} // namespace ringbook::ui
