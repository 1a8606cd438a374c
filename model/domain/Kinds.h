#pragma once

#include <QString>
#include <QStringList>

#include <span>
#include <string_view>

namespace ringbook::model {

/// The schema number every request names. A field or kind never changes its meaning; a new meaning gets a new
/// name.
constexpr int schemaNumber = 1;

enum class FieldType {
    Text,
    Integer, ///< whole numbers and moments (UTC milliseconds)
    Boolean,
    Reference, ///< the id of another record; decimal text on the wire
};

struct FieldSpec
{
    const char *name;
    FieldType type = FieldType::Text;
    /// Fields of one group make sense only together (a number as typed and as dialled): they are written
    /// together, and of two people's the hub keeps those of one. Null: the field stands alone.
    const char *group = nullptr;
};

/// One kind of record: its name on the wire, its table in the book file, its fields (= columns of that
/// table).
struct KindSpec
{
    const char *kind;
    const char *table;
    std::span<const FieldSpec> fields;

    const FieldSpec *field(const QString &name) const; ///< null if this program does not know the field
    QString groupOf(const QString &name) const;        ///< empty: none
    const FieldSpec *field(std::string_view name) const;
    /// The names of all fields in their order, made once: whoever reads a million records shares them.
    const QStringList &names() const;
};

/// Null if this program does not know the kind (a newer program's record: kept, not shown).
const KindSpec *kindSpec(const QString &kind);
std::span<const KindSpec> allKinds();

} // namespace ringbook::model
