import type { VNode } from 'preact'
import { ChangePage } from '../../web/pages/law/change.tsx'
import { ChangesPage } from '../../web/pages/law/changes.tsx'
import { ChooseEditPage, ChooseRowPage, EditPage } from '../../web/pages/law/edit.tsx'
import { ImpactPage, MeasuringPage } from '../../web/pages/law/impact.tsx'
import { RegisterPage } from '../../web/pages/law/register.tsx'
import { ReviewsPage, StaffingPage } from '../../web/pages/law/reviews.tsx'
import { TablePage } from '../../web/pages/law/table.tsx'
import { TimelinePage } from '../../web/pages/law/timeline.tsx'
import { TryPage } from '../../web/pages/law/try.tsx'
import { RulesPage } from '../../web/pages/rules.tsx'
import type { Frame } from '../../web/parts/frame.ts'
import type { EditDraft } from '../../web/parts/law/edit-drafts.ts'
import { lawSamples } from './law-samples.ts'

/** Every page of the rule editor, in which `name` stands wherever an office may write. */
export function lawGallery(name: string, given: Frame): Readonly<Record<string, VNode>> {
  const law = lawSamples(name)
  const frame = { ...given, path: '/rules' }
  const today = '2015-12-03'
  const period = { from: '2015-01-01', to: '2015-11-30' }
  const nothing = { posted: null, problems: [] }
  const draft: EditDraft = {
    kind: 'value',
    subject: law.value,
    row: null,
    edit: null,
    scope: law.office,
    instruments: law.instruments
  }
  const edit = (
    some: Partial<EditDraft>,
    filling: { posted: object | null; problems: object[] } = nothing
  ) => (
    <EditPage
      frame={frame}
      scopeName={name}
      draft={{ ...draft, ...some }}
      filling={filling as typeof nothing}
      action="/changes/new"
      version={3}
      back="/changes"
    />
  )
  const change = {
    frame,
    change: law.change,
    filling: nothing,
    failed: null,
    period,
    today,
    affected: {
      decisions: [
        {
          instance: 'b7d3f0c2',
          caseNumber: name,
          rule: 'itk.service.days',
          at: '2015-12-01T02:00:00.000Z',
          outcome: 3
        }
      ],
      openCases: [{ instance: 'b7d3f0c2', caseNumber: name, office: law.office }]
    }
  }
  const tryProps = {
    frame,
    tables: law.rules.filter(({ kind }) => kind === 'table'),
    offices: law.offices,
    office: law.office,
    date: today,
    table: law.table,
    drafts: [{ id: 'cs-2015-0007', title: law.text }],
    draft: '',
    posted: null,
    problems: [],
    decision: law.decision,
    failed: null,
    proposed: [{ name: law.text, href: '/rules/try?rule=a' }],
    units: {},
    cites: [name]
  }
  const posted = {
    '/from': '2016-13-01',
    '/reason/id': name,
    '/own/number': name,
    '/value': 'empat'
  }
  const problems = [
    { path: '/from', message: 'Tanggal ini tidak ada / This date does not exist' },
    { path: '/own/title', message: 'Isi judul keputusan / Give the title of the decision' },
    { path: '/value', message: 'Isi bilangan bulat / Enter a whole number' }
  ]
  const filter = {
    office: law.office,
    date: today,
    knownOn: '2015-11-01',
    text: '',
    level: '' as const,
    deviations: false
  }
  return {
    rules: (
      <RulesPage
        frame={frame}
        rules={law.rules}
        offices={law.offices}
        filter={filter}
        edits={law.office}
      />
    ),
    'rules-none': (
      <RulesPage
        frame={frame}
        rules={law.rules}
        offices={law.offices}
        filter={{ ...filter, text: `no such ${name}` }}
        edits={null}
      />
    ),
    'rule-table': (
      <TablePage frame={frame} table={law.table} offices={law.offices} edits={law.office} />
    ),
    'rule-timeline': (
      <TimelinePage
        frame={frame}
        view={law.timeline}
        unit="workdays"
        offices={law.offices}
        today={today}
        mayEdit
      />
    ),
    'rule-reviews': (
      <ReviewsPage
        frame={frame}
        reviews={law.reviews}
        offices={law.offices}
        labels={{ 'itk.service.days': law.value.label }}
        edits={law.office}
      />
    ),
    'rule-staffing': (
      <StaffingPage frame={frame} gaps={law.gaps} offices={law.offices} office={law.office} />
    ),
    register: (
      <RegisterPage
        frame={{ ...frame, session: null, path: '/register' }}
        overrides={law.overrides}
        offices={law.offices}
        keys={[{ key: 'itk.service.days', label: law.value.label }]}
        office=""
        chosenKey=""
        today={today}
      />
    ),
    try: <TryPage {...tryProps} />,
    'try-problems': (
      <TryPage
        {...tryProps}
        posted={{ '/facts/extension': name }}
        problems={[
          { path: '/facts/extension', message: 'Isi bilangan bulat / Enter a whole number' }
        ]}
        decision={null}
        failed={name}
      />
    ),
    changes: <ChangesPage frame={frame} changes={[law.summary]} state="" next="more" mayDraft />,
    'change-choose': (
      <ChooseEditPage
        frame={frame}
        scopeName={name}
        national={false}
        keys={law.rules}
        base="/changes/new"
        back="/changes"
      />
    ),
    'change-row': (
      <ChooseRowPage frame={frame} table={law.table} base="/changes/new" back="/changes" />
    ),
    'change-value': edit({}),
    'change-problems': edit({}, { posted, problems }),
    'change-replace': edit({ kind: 'replace', subject: law.table, row: 'tju-later' }),
    'change-before': edit({ kind: 'before', subject: law.table, row: 'legacy-office-head' }),
    'change-remove': edit({ kind: 'remove' }),
    'change-bound': edit({ kind: 'bound' }),
    'change-calendar': edit({ kind: 'calendar', subject: null }),
    change: <ChangePage {...change} />,
    'change-own': (
      <ChangePage
        {...change}
        change={{
          ...law.change,
          makers: [frame.session?.person ?? ''],
          may: ['withdraw'],
          check: null
        }}
        affected={null}
      />
    ),
    impact: (
      <ImpactPage
        frame={frame}
        change={law.change}
        report={law.report}
        period={period}
        today={today}
      />
    ),
    'impact-running': <MeasuringPage frame={frame} change={law.change} done={400} total={1482} />
  }
}
