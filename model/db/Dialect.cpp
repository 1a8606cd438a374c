#include "model/db/Dialect.h"

#include <algorithm>
#include <iterator>

namespace ringbook::model {

namespace {

struct Token
{
    const char *name;
    const char *sqlite;
    const char *postgres;
};

constexpr Token tokens[] = {
    {"id", "INTEGER", "BIGINT"},
    {"blob", "BLOB", "BYTEA"},
    {"json", "TEXT", "JSON"},
    {"without_rowid", "WITHOUT ROWID", ""},
    {"for_update", "", "FOR UPDATE"},
    {"each", "json_each(?)", "unnest(CAST(? AS BIGINT[])) AS given (value)"},
};

} // namespace

Result<QString> inDialect(const QString &sql, Engine engine)
{
    QString translated;
    qsizetype done = 0;
    for (qsizetype open = sql.indexOf("{{"); open >= 0; open = sql.indexOf("{{", done)) {
        const qsizetype close = sql.indexOf("}}", open);
        const QString name = close < 0 ? sql.mid(open) : sql.mid(open + 2, close - open - 2);
        const auto token = std::ranges::find_if(
            tokens, [&](const Token &known) { return name == QLatin1String(known.name); });
        if (token == std::end(tokens))
            return Error{Fault::Invalid, QStringLiteral("no dialect knows the token {{%1}}").arg(name)};
        translated += QStringView(sql).mid(done, open - done);
        translated += QLatin1String(engine == Engine::Sqlite ? token->sqlite : token->postgres);
        done = close + 2;
    }
    translated += QStringView(sql).mid(done);
    return translated;
}

QString beginWriting(Engine engine)
{
    return engine == Engine::Sqlite ? "BEGIN IMMEDIATE" : "BEGIN";
}

QString beginReading(Engine engine)
{
    return engine == Engine::Sqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
}

} // namespace ringbook::model
