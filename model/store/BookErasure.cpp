#include "model/store/Book.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace ringbook::model {

/// An entry of the log that says no moment only stands where something erased was.
Status Book::noteErasure(const Change &change)
{
    if (change.action != Action::Erase || change.madeAt == 0)
        return Done{};
    if (const Status marked = setUnclean(); !marked)
        return marked;
    if (change.record.kind != QLatin1String("customer"))
        return Done{};
    const auto noted =
        m_db->run("INSERT OR REPLACE INTO erasure VALUES (:customer, :author, :at)",
                  {{":customer", change.record.id}, {":author", change.author}, {":at", change.madeAt}});
    return noted ? Status(Done{}) : noted.error();
}

Result<bool> Book::isUnclean() const
{
    const auto row = m_db->one("SELECT count(*) AS count FROM unclean");
    return row ? Result<bool>(row->number("count") > 0) : row.error();
}

Status Book::setUnclean()
{
    const auto marked = m_db->run("INSERT INTO unclean VALUES (1) ON CONFLICT DO NOTHING");
    return marked ? Status(Done{}) : marked.error();
}

/// Searched words stay in the index until it is made anew, and in pages that were split; so all pages go.
Status Book::clean()
{
    if (const auto indexed = m_db->run("INSERT INTO customer_name (customer_name) VALUES ('rebuild')");
        !indexed)
        return indexed.error();
    if (const Status rewritten = m_db->rewrite(); !rewritten)
        return rewritten;
    const auto cleaned = m_db->run("DELETE FROM unclean");
    return cleaned ? Status(Done{}) : cleaned.error();
}

void Book::removeSetAside(const QString &path)
{
    const QFileInfo file(path);
    QDir folder(file.path());
    for (const QString &name : folder.entryList({file.fileName() + ".damaged-*"}, QDir::Files))
        folder.remove(name);
}

} // namespace ringbook::model
