#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QStringList>

#include <array>

namespace ringbook::ui {

/// The sizes of text. The only ones there are.
enum class TextRole {
    Title,   ///< 20/26 semibold: the name
    Body,    ///< 13/18
    Medium,  ///< 13/18 medium: first line of an entry
    Strong,  ///< 13/18 semibold: what a sentence is about
    Status,  ///< 12/16: status line
    Section, ///< 11/16 semibold capitals, a little spaced
    Small,   ///< 11/16 medium: chips, rail
    Caption, ///< 11/16: key hints, asides under a field
};

struct Face
{
    QFont font;
    QFontMetricsF metrics;
    int lineHeight = 0;
    bool hasTabularDigits = true; ///< all digits are equally wide by themselves
    qreal digitWidth = 0;         ///< of the widest digit
};

/// All faces of one family, made once per theme.
class Type
{
public:
    explicit Type(const QString &family);

    const Face &operator[](TextRole role) const { return m_faces[static_cast<size_t>(role)]; }

private:
    std::array<Face, 8> m_faces;
};

/// The platform's interface font if it has one of its own, else the first of Inter, Noto Sans that is
/// installed, else what the platform said.
QString chosenFamily(const QString &systemFamily, const QStringList &installed);

/// Text cut into single digits and what is between them.
QStringList digitRuns(const QString &text);
bool isDigit(QChar letter);

/// How wide text is when every digit takes the same room.
qreal tabularWidth(const Face &face, const QString &text);

} // namespace ringbook::ui
