#pragma once

#include "model/domain/Telephony.h"
#include "ui/text/Times.h"

#include <QTimer>
#include <QWidget>

namespace ringbook::ui {

class Button;
class Chip;
class ElidedLabel;
class Paragraph;
class RowList;
class RowsModel;
class SectionHead;

/// Why nothing pops: how the telephone systems stand, whose phone is whose, what was made of the last events.
/// For leads and administrators. It asks for news as long as it is looked at.
class TelephonyPage : public QWidget
{
    Q_OBJECT

public:
    static constexpr int newsEveryMs = 2'000;

    TelephonyPage(const Clock &clock, QTimeZone zone, QWidget *parent = nullptr);

    using QWidget::show;
    void show(const QVector<model::TelephonySource> &sources);
    void showFindings(const QVector<model::TelephonyFinding> &findings);
    void sayFailed(const QString &sentence); ///< of what was asked for last

Q_SIGNALS:
    void newsWanted();
    void examinationWanted(const QString &source);
    void replayWanted(const QString &source);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildUi();
    void connectUp();
    void refresh();
    void examine();
    const model::TelephonySource *current() const; ///< null: there is none
    void step(int by);

    const Clock &m_clock;
    QTimeZone m_zone;
    QTimer m_news;
    QVector<model::TelephonySource> m_sources;
    QString m_source; ///< that is shown
    ElidedLabel *m_title;
    Chip *m_state;
    Button *m_other; ///< the next one
    Paragraph *m_problem;
    Paragraph *m_about;
    Button *m_examine;
    Button *m_replay;
    Paragraph *m_told;
    SectionHead *m_findingsHead;
    RowList *m_findings;
    SectionHead *m_phonesHead;
    RowList *m_phones;
    SectionHead *m_unassignedHead;
    RowList *m_unassigned;
    SectionHead *m_requestsHead;
    RowList *m_requests;
    SectionHead *m_stepsHead;
    RowList *m_steps;
    RowsModel *m_findingRows;
    RowsModel *m_phoneRows;
    RowsModel *m_unassignedRows;
    RowsModel *m_requestRows;
    RowsModel *m_stepRows;
};

} // namespace ringbook::ui
