#include "model/desk/CustomerDesk.h"

#include "model/desk/Composition.h"
#include "model/desk/Identification.h"
#include "model/desk/Limits.h"
#include "model/domain/CaseCode.h"
#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"
#include "model/store/Book.h"
#include "model/store/CustomerStore.h"
#include "model/store/SearchStore.h"

namespace ringbook::model {

namespace {

using Hits = Result<QVector<SearchHit>>;

/// Adds hits until there are enough; one line a customer, unless a case code says why there are two.
class Collection
{
public:
    explicit Collection(int limit) : m_limit(limit) {}

    Status add(const Hits &hits)
    {
        if (!hits)
            return hits.error();
        for (const SearchHit &hit : *hits) {
            const bool known = m_seen.contains(hit.customer);
            if (m_hits.size() == m_limit || (known && hit.caseCode.isEmpty()))
                continue;
            m_seen.insert(hit.customer);
            m_hits.append(hit);
        }
        return Done{};
    }

    const QVector<SearchHit> &hits() const { return m_hits; }
    int room() const { return m_limit - int(m_hits.size()); }

private:
    int m_limit;
    QVector<SearchHit> m_hits;
    QSet<Id<Customer>> m_seen;
};

QString digitsOf(const QString &text)
{
    QString digits;
    for (const QChar c : text)
        if (c.isDigit())
            digits.append(QChar(u'0' + c.digitValue()));
    return digits;
}

bool mayBeNumber(const QString &text)
{
    static const QString marks = "+-./() ";
    const bool dialled = std::ranges::all_of(text, [](QChar c) { return c.isDigit() || marks.contains(c); });
    return dialled && digitsOf(text).size() >= minTailDigits;
}

} // namespace

CustomerDesk::CustomerDesk(Book &book, ChangeWriter &writer, const ringbook::Clock &clock, QString region)
    : m_book(book),
      m_writer(writer),
      m_clock(clock),
      m_region(std::move(region))
{
}

Result<QVector<SearchHit>> CustomerDesk::search(const QString &text, int limit) const
{
    const SearchStore store(m_book.db());
    const QString words = plainText(text, maxNameLength);
    Collection found(limit);
    if (words.isEmpty() || limit <= 0)
        return found.hits();

    if (const QString code = canonicalCaseCode(words); !code.isEmpty())
        if (const auto added = found.add(store.byCaseCode(code)); !added)
            return added.error();
    if (mayBeNumber(words)) {
        if (const QString start = e164Start(words, m_region); !start.isEmpty())
            if (const auto added = found.add(store.byNumberStart(start, limit)); !added)
                return added.error();
        if (found.room() > 0 && !words.startsWith(u'+'))
            if (const auto added = found.add(store.byNumberEnd(digitsOf(words), limit)); !added)
                return added.error();
        return found.hits();
    }
    const auto named = words.contains(u'@') ? store.byEmailStart(words, limit) : store.byName(words, limit);
    if (const auto added = found.add(named); !added)
        return added.error();
    return found.hits();
}

Result<Customer> CustomerDesk::create(const NewCustomer &what)
{
    Customer created;
    const auto saved = m_writer.save([&]() -> Result<QVector<ChangeWriter::Edit>> {
        const auto name = oneLine(what.name, "the name", maxNameLength);
        if (!name)
            return name.error();
        if (name->isEmpty())
            return Error{Fault::Invalid, "a customer needs a name"};
        const auto id = m_writer.newId();
        if (!id)
            return id.error();
        created = {.id = {*id}, .name = *name, .isOrganisation = what.isOrganisation};
        QVector edits = {creation("customer", created)};

        if (!what.phone.trimmed().isEmpty()) {
            const auto phone = newPhone(m_writer, created.id, what.phone, {}, m_region);
            if (!phone)
                return phone.error();
            edits.append(creation("contact_point", *phone));
            const auto calls = callsBecomeTheirs(m_book.db(), phone->e164, created.id);
            if (!calls)
                return calls.error();
            edits += *calls;
        }
        if (!what.email.trimmed().isEmpty()) {
            const auto email = newEmail(m_writer, created.id, what.email);
            if (!email)
                return email.error();
            edits.append(creation("contact_point", *email));
        }
        return edits;
    });
    if (!saved)
        return saved.error();
    return created;
}

Result<Customer> CustomerDesk::customer(Id<Customer> id) const
{
    return CustomerStore(m_book.db()).customer(id);
}

Status CustomerDesk::update(const Customer &before, const Customer &after)
{
    const auto present = customer(before.id);
    if (!present)
        return present.error();
    if (after.name.trimmed().isEmpty())
        return Error{Fault::Invalid, "a customer needs a name"};
    for (const QString &line :
         {after.name, after.role, after.tier, after.stage, after.language, after.timeZone})
        if (line.size() > maxNameLength)
            return Error{Fault::Invalid, QString("a line is longer than %1 characters").arg(maxNameLength)};
    for (const QString &text : {after.goodService, after.notes})
        if (text.size() > maxTextLength)
            return Error{Fault::Invalid, QString("a text is longer than %1 characters").arg(maxTextLength)};

    auto edit = difference("customer", before, after);
    const Fields was = fieldsOf(before);
    const Fields is = fieldsOf(*present);
    for (const QString &field : edit.fields.keys())
        if (was.value(field) != is.value(field))
            edit.unseen.insert(field);
    return m_writer.save({edit});
}

Result<ContactPoint> CustomerDesk::addPhone(Id<Customer> customerId, const QString &number,
                                            const QString &label)
{
    const CustomerStore store(m_book.db());
    if (const auto owner = store.customer(customerId); !owner)
        return owner.error();
    const auto points = store.contactPoints(customerId);
    if (!points)
        return points.error();
    const QString e164 = toE164(number, m_region);
    for (const ContactPoint &point : *points)
        if (!e164.isEmpty() && point.e164 == e164)
            return setTheirs(point.id, true);

    ContactPoint added;
    const auto saved = m_writer.save([&]() -> Result<QVector<ChangeWriter::Edit>> {
        const auto phone = newPhone(m_writer, customerId, number, label, m_region);
        if (!phone)
            return phone.error();
        added = *phone;
        auto edits = callsBecomeTheirs(m_book.db(), added.e164, customerId);
        if (edits)
            edits->append(creation("contact_point", added));
        return edits;
    });
    if (!saved)
        return saved.error();
    return added;
}

Result<ContactPoint> CustomerDesk::setTheirs(Id<ContactPoint> pointId, bool theirs)
{
    const auto fields = m_book.record({"contact_point", pointId.value});
    if (!fields)
        return fields.error();
    if (!*fields)
        return Error{Fault::NotFound, "there is no such contact point"};
    const ContactPoint before = contactPointFrom(pointId, **fields);
    if (theirs == !before.notTheirsSince)
        return before;

    ContactPoint after = before;
    after.notTheirsSince = theirs ? std::nullopt : std::optional(m_clock.now());
    if (const auto saved = m_writer.save({difference("contact_point", before, after)}); !saved)
        return saved.error();
    return after;
}

Result<int> CustomerDesk::customerCount() const
{
    return CustomerStore(m_book.db()).count();
}

} // namespace ringbook::model
