#include "sync/hub/snapshot/HotSet.h"

#include "model/db/WithoutCount.h"
#include "sync/hub/snapshot/CompactCopy.h"

namespace ringbook::hub {

namespace {

constexpr int lastInteractions = 10;
constexpr TimeMs day = 24 * 3600 * 1000;
constexpr TimeMs recent = 7 * day;

constexpr char chosen[] = R"(
    INSERT INTO temp.hot (id)
    SELECT customer FROM (
        SELECT customer, :now AS at FROM whole.follow_up
        WHERE coalesce(state, 'open') = 'open' AND due_at <= :tomorrow
        UNION ALL
        SELECT customer, max(started_at) AS at FROM whole.interaction
        WHERE customer IS NOT NULL GROUP BY customer HAVING at >= :since
        UNION ALL
        SELECT customer, opened_at FROM whole.case_file
        WHERE coalesce(status, 'new') NOT IN ('resolved', 'closed'))
    WHERE customer IS NOT NULL GROUP BY customer ORDER BY max(at) DESC LIMIT :most)";

constexpr char copied[] = R"(
    INSERT INTO user SELECT * FROM whole.user;
    INSERT INTO team SELECT * FROM whole.team;
    INSERT INTO queue SELECT * FROM whole.queue;
    INSERT INTO category SELECT * FROM whole.category;
    INSERT INTO outcome_code SELECT * FROM whole.outcome_code;
    INSERT INTO customer SELECT * FROM whole.customer WHERE id IN (SELECT id FROM temp.hot);
    INSERT OR IGNORE INTO customer SELECT * FROM whole.customer
        WHERE id IN (SELECT organisation FROM customer WHERE organisation IS NOT NULL);
    INSERT INTO contact_point SELECT * FROM whole.contact_point WHERE customer IN (SELECT id FROM temp.hot);
    INSERT INTO alert SELECT * FROM whole.alert WHERE customer IN (SELECT id FROM temp.hot);
    INSERT INTO follow_up SELECT * FROM whole.follow_up WHERE customer IN (SELECT id FROM temp.hot)
        OR (e164 IS NOT NULL AND coalesce(state, 'open') = 'open');
    INSERT INTO case_file SELECT * FROM whole.case_file WHERE customer IN (SELECT id FROM temp.hot);
    INSERT INTO case_note SELECT * FROM whole.case_note WHERE "case" IN (SELECT id FROM case_file);
    INSERT INTO erasure SELECT * FROM whole.erasure;
    INSERT INTO feed_cursor SELECT * FROM whole.feed_cursor;)";

constexpr char lastContacts[] = R"(
    INSERT INTO interaction
    SELECT last.* FROM temp.hot JOIN whole.interaction AS last ON last.id IN (
        SELECT id FROM whole.interaction WHERE customer = hot.id ORDER BY started_at DESC LIMIT :count))";

Status fill(model::Connection &db, TimeMs now)
{
    if (const Status made = db.script(QStringLiteral("CREATE TEMP TABLE hot (id INTEGER PRIMARY KEY)"));
        !made)
        return made;
    const auto picked = db.run(
        chosen, {{":now", now}, {":tomorrow", now + day}, {":since", now - recent}, {":most", hotCustomers}});
    if (!picked)
        return picked.error();
    if (const Status done = db.script(QLatin1String(copied)); !done)
        return done;
    return model::withoutCount(db.run(lastContacts, {{":count", lastInteractions}}));
}

} // namespace

Result<model::Book> hotSetOf(const QString &whole, TimeMs now, const std::atomic<bool> &isStopped)
{
    auto book = model::Book::open(QStringLiteral(":memory:"));
    if (!book)
        return book;
    model::Connection &db = book->db();
    heed(db, isStopped);
    Status done = model::withoutCount(db.run("ATTACH :file AS whole", {{":file", whole}}));
    if (done)
        done = db.atomically([&] { return fill(db, now); });
    if (done)
        done = db.script(QStringLiteral("DETACH whole"));
    if (!done)
        return isStopped ? hubStops() : done.error();
    return book;
}

} // namespace ringbook::hub
