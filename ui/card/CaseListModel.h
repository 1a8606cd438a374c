#pragma once

#include "model/desk/CaseDesk.h"
#include "model/domain/Presence.h"
#include "ui/card/Row.h"
#include "ui/text/Times.h"

#include <QAbstractListModel>
#include <QHash>
#include <QVector>

namespace ringbook::ui {

/// Open cases in the order they are given, worded for the moment they were shown. Answers RowRole.
class CaseListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Whose { Theirs, Anyones }; ///< one customer's on a line each, or everybody's with their names

    explicit CaseListModel(Whose whose, QObject *parent = nullptr);

    void show(const QVector<model::CaseLine> &lines, const Reading &reading);
    const model::CaseLine &line(int row) const { return m_lines.at(row); }
    /// Who is at which customer; nobody at the others.
    using People = QHash<Id<model::Customer>, QVector<model::Presence>>;
    void showPeople(const People &people);
    /// What stands in the margin of which case.
    using Marks = QHash<Id<model::Case>, QString>;
    void showMarks(const Marks &marks);
    int rowOf(Id<model::Case> id) const; ///< -1: not here

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    Row row(const model::CaseLine &line) const;

    Whose m_whose;
    Reading m_reading;
    QVector<model::CaseLine> m_lines;
    People m_people;
    Marks m_marks;
};

} // namespace ringbook::ui
