#pragma once

#include <QHash>
#include <QStringList>
#include <QVector>

namespace ringbook::app::demo {

/// A text resource in sections: "[name]", then one item a line; # begins a comment line.
class Lists
{
public:
    explicit Lists(const QString &path);

    QStringList items(const QString &section) const;

    /// Of a section of lines "key = a, b, c": the list of each key.
    QHash<QString, QStringList> table(const QString &section, const QString &separator) const;

private:
    QHash<QString, QStringList> m_sections;
};

/// The fields of an item, "a | b | c".
QStringList cells(const QString &item);

/// A sentence with places to be filled, cut up once so that filling is appending. "tag > sentence" has a tag.
class Template
{
public:
    enum class Place { None, Part, Technician, Day, Window, Digit, Bar, Subject, Product, Said };

    explicit Template(const QString &text);

    const QString &tag() const { return m_tag; }

    /// `filler(place, text)` appends what belongs there.
    template <typename Filler>
    void fill(QString &text, Filler &&filler) const
    {
        for (const Piece &piece : m_pieces) {
            text += piece.before;
            if (piece.place != Place::None)
                filler(piece.place, text);
        }
    }

private:
    struct Piece
    {
        QString before = {};
        Place place = Place::None;
    };

    QString m_tag;
    QVector<Piece> m_pieces;
};

QVector<Template> templates(const QStringList &texts);

} // namespace ringbook::app::demo
