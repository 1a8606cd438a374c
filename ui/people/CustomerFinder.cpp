#include "ui/people/CustomerFinder.h"

#include "ui/card/RowList.h"
#include "ui/people/HitListModel.h"
#include "ui/text/Wording.h"
#include "ui/widgets/ElidedLabel.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace ringbook::ui {

CustomerFinder::CustomerFinder(const model::CustomerDesk &customers, QWidget *parent)
    : QWidget(parent),
      m_customers(customers),
      m_field(new QLineEdit),
      m_summary(new ElidedLabel(TextRole::Status, Ink::Second)),
      m_hits(new HitListModel(this)),
      m_list(new RowList(RowDelegate::Shape::Entry))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(size::groupGap);
    column->addWidget(m_field);
    column->addWidget(m_summary);
    column->addWidget(m_list, 1);

    m_field->setAccessibleName(tr("Find a customer"));
    m_field->setPlaceholderText(tr("Name, number, organisation or case code"));
    m_field->setClearButtonEnabled(false);
    m_field->installEventFilter(this);
    m_list->setAccessibleName(tr("Found"));
    m_list->setModel(m_hits);
    m_list->setPicksOnClick(true);
    m_timer.setSingleShot(true);
    m_timer.setInterval(searchEveryMs);
    connect(m_field, &QLineEdit::textChanged, this, [this] {
        if (!m_timer.isActive())
            m_timer.start();
    });
    connect(&m_timer, &QTimer::timeout, this, &CustomerFinder::search);
    connect(m_list, &RowList::picked, this, &CustomerFinder::pick);
}

QString CustomerFinder::text() const
{
    return m_field->text();
}

void CustomerFinder::clear()
{
    m_field->clear();
}

void CustomerFinder::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void CustomerFinder::goOn(const QString &begun)
{
    m_field->setFocus(Qt::OtherFocusReason);
    m_field->setText(begun);
}

void CustomerFinder::setBookWhole(bool isWhole)
{
    if (std::exchange(m_isBookWhole, isWhole) != isWhole && !text().isEmpty())
        m_timer.start();
}

QString CustomerFinder::inVain() const
{
    const QString nobody = tr("Nobody is called that, or has that number or code.");
    return m_isBookWhole ? nobody : nobody + u' ' + tr("This desk does not have the whole book yet.");
}

void CustomerFinder::search()
{
    m_timer.stop();
    const QString text = m_field->text().trimmed();
    const auto found = m_customers.search(text, maxHits);
    m_summary->setInk(found ? Ink::Second : Ink::Bad);
    if (!found) {
        m_hits->show({});
        m_summary->setText(sentence(Doing::LookingUp, found.error().fault));
    } else {
        m_hits->show(*found);
        const bool isFull = found->size() >= maxHits;
        m_summary->setText(text.isEmpty()     ? QString()
                           : found->isEmpty() ? inVain()
                           : isFull           ? tr("The first %1; type more to see fewer.").arg(maxHits)
                                              : tr("%n found", nullptr, int(found->size())));
        if (!found->isEmpty())
            m_list->setCurrentIndex(m_hits->index(0, 0));
    }
    Q_EMIT searched();
}

void CustomerFinder::pick(int row)
{
    if (row < 0 || row >= m_hits->rowCount())
        return;
    const model::SearchHit hit = m_hits->hit(row); // who is told may search anew
    if (hit.customer)
        Q_EMIT customerPicked(hit.customer);
    else
        Q_EMIT caseOfNobodyPicked(hit.file);
}

void CustomerFinder::walk(int by)
{
    if (m_hits->rowCount() == 0)
        return;
    const int row = std::clamp(m_list->currentRow() + by, 0, m_hits->rowCount() - 1);
    m_list->setCurrentIndex(m_hits->index(row, 0));
}

bool CustomerFinder::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->modifiers() & ~Qt::KeypadModifier)
        return false;
    switch (key->key()) {
    case Qt::Key_Down: walk(1); return true;
    case Qt::Key_Up: walk(-1); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        search(); // what is taken is what stands in the field
        pick(m_list->currentRow());
        return true;
    default: return false;
    }
}

} // namespace ringbook::ui
