#include "app/hub/demo/Lists.h"

#include <QFile>

#include <array>

namespace ringbook::app::demo {

namespace {

QStringList trimmed(QStringList texts)
{
    for (QString &text : texts)
        text = text.trimmed();
    return texts;
}

Template::Place placeNamed(const QString &name)
{
    static const std::array names = {"",  "part", "tech",    "day",     "window",
                                     "n", "bar",  "subject", "product", "said"};
    for (size_t place = 1; place < names.size(); ++place)
        if (name == QLatin1String(names[place]))
            return Template::Place(place);
    return Template::Place::None;
}

} // namespace

Lists::Lists(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    QString section;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString &raw : lines) {
        const QString line = raw.trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        if (line.startsWith(u'[') && line.endsWith(u']'))
            section = line.mid(1, line.size() - 2);
        else
            m_sections[section].append(line);
    }
}

QStringList Lists::items(const QString &section) const
{
    return m_sections.value(section);
}

QHash<QString, QStringList> Lists::table(const QString &section, const QString &separator) const
{
    QHash<QString, QStringList> table;
    for (const QString &item : items(section)) {
        const auto equals = item.indexOf(u'=');
        table[item.left(equals).trimmed()] = trimmed(item.mid(equals + 1).trimmed().split(separator));
    }
    return table;
}

QStringList cells(const QString &item)
{
    return trimmed(item.split(u'|'));
}

Template::Template(const QString &text)
{
    static const QString mark = QStringLiteral(" > ");
    const auto end = text.indexOf(mark);
    m_tag = text.left(qMax(end, qsizetype(0)));
    qsizetype from = end < 0 ? 0 : end + mark.size();
    for (auto open = text.indexOf(u'{', from); open >= 0; open = text.indexOf(u'{', from)) {
        const auto close = text.indexOf(u'}', open);
        m_pieces.append({text.mid(from, open - from), placeNamed(text.mid(open + 1, close - open - 1))});
        from = close + 1;
    }
    m_pieces.append({text.mid(from), Place::None});
}

QVector<Template> templates(const QStringList &texts)
{
    QVector<Template> all;
    for (const QString &text : texts)
        all.append(Template(text));
    return all;
}

} // namespace ringbook::app::demo
