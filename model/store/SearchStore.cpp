#include "model/store/SearchStore.h"

#include "model/store/Reading.h"

#include <algorithm>
#include <tuple>

namespace ringbook::model {

namespace {

/// More names than this begin so: the first found are shown, not the best of all. Ranking a short beginning
/// over a million names costs a thousand times the look-up.
constexpr int namesPutInOrder = 200;

constexpr int maxWords = 8;

/// Beginnings of up to so many letters have an index of their own (001.sql); all names of a longer one must
/// be gathered before the first is known, so it is asked for as a whole word first.
constexpr int indexedBeginning = 6;

bool belongsToWord(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate();
}

/// Without case and marks, as the index sees it.
QString bare(const QString &name)
{
    QString bare;
    for (const QChar c : name.normalized(QString::NormalizationForm_D).toCaseFolded())
        if (!c.isMark())
            bare.append(c);
    return bare.simplified();
}

/// The words of a text, as the index cuts them.
QStringList wordsOf(const QString &text)
{
    QStringList words(QString{});
    for (const QChar c : text)
        if (belongsToWord(c))
            words.last().append(c);
        else if (!words.last().isEmpty())
            words.append(QString());
    words.removeAll(QString());
    return words.mid(0, maxWords);
}

bool isLong(const QString &word)
{
    return bare(word).size() > indexedBeginning;
}

/// "Mül", "Anna" -> "\"Mül\"* \"Anna\"*": each the beginning of a word of the name; long ones the whole word
/// if asked.
QString matchOf(const QStringList &words, bool longOnesWhole)
{
    QStringList match;
    for (const QString &word : words)
        match += '"' + word + (longOnesWhole && isLong(word) ? "\"" : "\"*");
    return match.join(' ');
}

struct Named
{
    qint64 id = 0;
    QString bareName = {};
    int distance = 0; ///< 0 this very name, 1 begins so, 2 the rest
    bool isOrganisation = false;
};

Named named(const Row &row, const QString &bareText)
{
    Named found{row.number("id"), bare(row.text("name")), 2, row.flag("is_organisation")};
    if (found.bareName.startsWith(bareText))
        found.distance = found.bareName == bareText ? 0 : 1;
    return found;
}

SearchHit readHit(const Row &row)
{
    return {.customer = {row.number("id")},
            .name = row.text("name"),
            .organisationName = row.text("organisation_name"),
            .number = row.text("number"),
            .file = {row.number("file")},
            .caseCode = row.text("code"),
            .subject = row.text("subject"),
            .openCases = int(row.number("open_cases"))};
}

/// What a hit shows of each customer that `found` (customer, number, file, code, subject) names, in its
/// order.
const QString hitsOf = R"(
    SELECT coalesce(customer.id, 0) AS id, customer.name AS name, organisation.name AS organisation_name,
        coalesce(found.number, (SELECT coalesce(e164, value) FROM contact_point
            WHERE contact_point.customer = customer.id AND channel = 'phone' AND not_theirs_since IS NULL
            ORDER BY contact_point.id LIMIT 1)) AS number,
        found.file AS file, found.code AS code, found.subject AS subject,
        (SELECT count(*) FROM case_file WHERE case_file.customer = customer.id
            AND coalesce(status, 'new') NOT IN ('resolved', 'closed')) AS open_cases
    FROM (%1) AS found
    LEFT JOIN customer ON customer.id = found.customer
    LEFT JOIN customer AS organisation ON organisation.id = customer.organisation
)";

QString hitsOfPoints(const QString &where)
{
    return hitsOf.arg("SELECT customer, coalesce(e164, value) AS number, NULL AS file, NULL AS code, NULL AS "
                      "subject "
                      "FROM contact_point WHERE " +
                      where + " AND not_theirs_since IS NULL LIMIT :limit") +
           "WHERE customer.id IS NOT NULL";
}

Status appendNames(Connection &db, const QString &text, const QString &match, QMap<qint64, Named> &names)
{
    const auto rows =
        db.all("SELECT customer.id AS id, name, is_organisation "
               "FROM (SELECT rowid AS id FROM customer_name WHERE customer_name MATCH :match LIMIT :most) "
               "AS found CROSS JOIN customer ON customer.id = found.id",
               {{":match", match}, {":most", namesPutInOrder}});
    if (!rows)
        return rows.error();
    const QString bareText = bare(text);
    for (const Row &row : *rows)
        names.insert(row.number("id"), named(row, bareText));
    return Done{};
}

/// At most `limit` names, in order.
Result<QVector<Named>> namesFor(Connection &db, const QString &text, int limit)
{
    const QStringList words = wordsOf(text);
    QMap<qint64, Named> names;
    if (words.isEmpty() || limit <= 0)
        return QVector<Named>();
    if (const auto added = appendNames(db, text, matchOf(words, true), names); !added)
        return added.error();
    if (names.size() < limit && std::ranges::any_of(words, isLong))
        if (const auto added = appendNames(db, text, matchOf(words, false), names); !added)
            return added.error();
    QVector<Named> ordered(names.cbegin(), names.cend());
    std::ranges::sort(ordered, {},
                      [](const Named &one) { return std::tie(one.distance, one.bareName, one.id); });
    return ordered.mid(0, limit);
}

/// Adds people of an organisation who are not among the customers yet, until there are `limit`.
Status appendPeople(Connection &db, qint64 organisation, int limit, QVector<qint64> &customers)
{
    const auto rows =
        db.all("SELECT id FROM customer WHERE organisation = :organisation ORDER BY id LIMIT :limit",
               {{":organisation", organisation}, {":limit", limit}});
    if (!rows)
        return rows.error();
    for (const Row &row : *rows)
        if (customers.size() < limit && !customers.contains(row.number("id")))
            customers.append(row.number("id"));
    return Done{};
}

Status appendHit(Connection &db, qint64 customer, QVector<SearchHit> &hits)
{
    static const QString sql = hitsOf.arg(
        "SELECT :customer AS customer, NULL AS number, NULL AS file, NULL AS code, NULL AS subject");
    const auto row = db.one(sql, {{":customer", customer}});
    if (!row)
        return row.error();
    hits.append(readHit(*row));
    return Done{};
}

} // namespace

Result<QVector<SearchHit>> SearchStore::byName(const QString &text, int limit) const
{
    const auto names = namesFor(m_db, text, limit);
    if (!names)
        return names.error();
    QVector<qint64> customers;
    for (const Named &one : *names)
        customers.append(one.id);
    for (const Named &one : *names)
        if (one.isOrganisation && customers.size() < limit)
            if (const auto added = appendPeople(m_db, one.id, limit, customers); !added)
                return added.error();

    QVector<SearchHit> hits;
    for (const qint64 customer : std::as_const(customers))
        if (const auto added = appendHit(m_db, customer, hits); !added)
            return added.error();
    return hits;
}

Result<QVector<SearchHit>> SearchStore::byNumberStart(const QString &e164Start, int limit) const
{
    static const QString sql = hitsOfPoints("e164 >= :start AND e164 < :end");
    const QString end = e164Start + QChar(u'9' + 1);
    return listOf(m_db.all(sql, {{":start", e164Start}, {":end", end}, {":limit", limit}}), readHit);
}

Result<QVector<SearchHit>> SearchStore::byNumberEnd(const QString &digits, int limit) const
{
    if (digits.size() < minTailDigits)
        return QVector<SearchHit>();
    static const QString sql =
        hitsOfPoints("substr(e164, -4) = :tail AND e164 IS NOT NULL AND substr(e164, -:length) = :digits");
    return listOf(m_db.all(sql, {{":tail", digits.right(minTailDigits)},
                                 {":length", digits.size()},
                                 {":digits", digits},
                                 {":limit", limit}}),
                  readHit);
}

Result<QVector<SearchHit>> SearchStore::byEmailStart(const QString &start, int limit) const
{
    if (start.isEmpty())
        return QVector<SearchHit>();
    static const QString sql = hitsOfPoints("value >= :start COLLATE NOCASE AND value < :end COLLATE NOCASE "
                                            "AND e164 IS NULL AND channel = 'email'");
    static const QString last = QString::fromUcs4(U"\U0010FFFF");
    return listOf(m_db.all(sql, {{":start", start}, {":end", start + last}, {":limit", limit}}), readHit);
}

Result<QVector<SearchHit>> SearchStore::byCaseCode(const QString &canonicalCode) const
{
    static const QString sql = hitsOf.arg(
        "SELECT customer, (SELECT party_number FROM interaction WHERE interaction.id = case_file.interaction "
        "AND case_file.customer IS NULL) AS number, id AS file, code, subject FROM case_file WHERE code = "
        ":code");
    return listOf(m_db.all(sql, {{":code", canonicalCode}}), readHit);
}

} // namespace ringbook::model
