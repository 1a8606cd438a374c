#pragma once

#include "model/desk/Card.h"
#include "model/domain/Presence.h"
#include "ui/text/Times.h"

#include <QMap>
#include <QVector>
#include <QWidget>

class QVBoxLayout;

namespace ringbook::ui {

class AlertBox;
class Button;
class Chip;
class ConflictBlock;
class FactRow;
class FieldMark;
class Paragraph;
class SectionHead;

/// Who a known customer is: name, tier, how sure we are, alerts, ways to reach them. Widgets are kept and
/// filled again, never made anew while a call waits.
class ProfileView : public QWidget
{
    Q_OBJECT

public:
    explicit ProfileView(QWidget *parent = nullptr);

    using QWidget::show;
    void show(const model::Card &card, const Reading &reading, bool isCall);
    void showPeople(const QVector<model::Presence> &people); ///< who else is at this customer
    void showTime(const Reading &reading);                   ///< the customer's clock goes on
    void setCanCall(bool can);                               ///< the telephone dials when told

Q_SIGNALS:
    void rememberNumberWanted();
    void somebodyElseCalls();
    void decideWanted(); ///< about fields that two people wrote
    void callWanted(const QString &number);

private:
    void addWho(QVBoxLayout &column);
    void addAlerts(QVBoxLayout &column);
    void addReach(QVBoxLayout &column);
    void addMarks();
    void showWho(const model::Card &card);
    void showAlerts(const model::Card &card, const Reading &reading);
    void markConflicts(const model::Card &card, const Reading &reading);
    FieldMark *markFor(const model::ConflictLine &line, const model::Card &card);
    void showReach(const model::Card &card, bool isCall);
    FactRow *reachRow(int at);
    void offerCalls();

    Id<model::Customer> m_customer;
    int m_nameLines = 0; ///< that its place has while the card is open; 0: as many as it needs
    int m_roleLines = 0;
    int m_serviceLines = 0;
    QString m_timeZone;
    Paragraph *m_name;
    Chip *m_tier;
    Paragraph *m_role;
    Chip *m_confidence;
    Chip *m_languages;
    Paragraph *m_people;
    QWidget *m_alertPlace;
    QVector<AlertBox *> m_alerts;
    SectionHead *m_reachHead;
    QVBoxLayout *m_reachLines;
    QVector<FactRow *> m_reach;
    QVector<model::ContactPoint> m_points; ///< one for each that is shown
    bool m_canCall = false;
    FactRow *m_time;
    Button *m_remember;
    Button *m_somebodyElse;
    SectionHead *m_serviceHead;
    Paragraph *m_service;
    SectionHead *m_notesHead;
    Paragraph *m_notes;
    ConflictBlock *m_conflicts;
    QMap<QString, FieldMark *> m_marks; ///< by field of the customer
    QVector<FieldMark *> m_reachMarks;  ///< one for each row
};

} // namespace ringbook::ui
