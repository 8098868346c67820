import * as z from 'zod';
import { SPLITS } from '../../base/split';
import { UserError } from '../../base/userError';
import { isOfTexts } from '../../datasets/ofTexts';
import { changesOf, type Overlay, readOverlay } from '../../datasets/overlay';
import { type DatasetReport, type Finding, idOf } from '../../datasets/report/datasetReport';
import { findingWords } from '../../datasets/report/findingWords';
import { readReport } from '../../datasets/report/storedReport';
import type { Manifest } from '../../datasets/store/manifest';
import { Canceled } from '../../protocol/failures';
import {
  type HostToReport,
  type ReportedDataset,
  type ReportToHost,
  reportToHostSchema,
  type ShownReport,
} from '../../protocol/pages/datasetReport';
import type { Importer } from '../datasets/importer';
import type { DatasetLibrary } from '../datasets/library';
import type { Page } from '../shell/page';
import type { Shell } from '../shell/shell';
import { type TabContent, Tabs } from '../shell/tabs';

export interface ReportParts {
  readonly library: DatasetLibrary;
  readonly importer: Importer;
  /** Opens samples of a dataset: those of a finding, or of a class. */
  readonly browse: (argument: { entry: { id: string } } & Record<string, unknown>) => Promise<void>;
}

/** A dataset whose report is shown. */
export interface Reported {
  readonly id: string;
}

export type ReportTabs = Tabs<ReportToHost, HostToReport, Reported>;

/** The editor tabs with reports of datasets: one for each dataset. */
export function reportTabs(shell: Shell, parts: ReportParts): ReportTabs {
  return new Tabs<ReportToHost, HostToReport, Reported>(shell, {
    name: 'datasetReport',
    messages: reportToHostSchema,
    title: () => 'Dataset Report',
    nameOf: ({ id }) => id,
    restore: (state) => z.object({ id: z.string() }).safeParse(state).data,
    open: (page, reported) => new ReportTab(page, reported, parts),
  });
}

/** Samples gone through between two messages. */
const TELL_AFTER = 10_000;

/** One tab: shows the report that is kept, or has one made. */
class ReportTab implements TabContent<ReportToHost, HostToReport, Reported> {
  private readonly id: string;
  private making: AbortController | undefined;
  private readonly following: { dispose(): unknown };
  /** Of the samples that show. */
  private checksum: string | undefined;

  constructor(
    private readonly page: Page<ReportToHost, HostToReport>,
    { id }: Reported,
    private readonly parts: ReportParts,
  ) {
    this.id = id;
    this.following = parts.library.onDidChange((changed) => {
      if (changed === undefined) void page.tried(() => this.keepUp());
    });
  }

  closed(): void {
    this.making?.abort();
    this.following.dispose();
  }

  async receive(message: ReportToHost): Promise<HostToReport | undefined> {
    switch (message.type) {
      case 'ready':
      case 'look':
        await this.show();
        return;
      case 'stop':
        this.making?.abort();
        return;
      case 'open':
        await this.parts.browse({ entry: { id: this.id }, only: message.finding });
        return;
      case 'openClass':
        await this.parts.browse({ entry: { id: this.id }, class: message.class, split: message.split ?? '' });
        return;
    }
  }

  private async show(): Promise<void> {
    const manifest = await this.manifest();
    this.checksum = manifest.checksum;
    this.page.title = `Report of ${manifest.name}`;
    this.page.post(datasetOf(manifest));
    if (this.making) return;
    const report = (await this.kept(manifest)) ?? (await this.make(manifest));
    if (report) await this.tell(report, manifest);
  }

  private kept({ checksum }: Manifest): Promise<DatasetReport | undefined> {
    return readReport(this.folder, checksum);
  }

  /** Has the samples looked through; undefined where the user stopped it, or there are others by now. */
  private async make(manifest: Manifest): Promise<DatasetReport | undefined> {
    const { library, importer } = this.parts;
    const making = (this.making = new AbortController());
    let told = 0;
    const tell = ({ done, total }: { done: number; total: number }) => {
      if (done > told && done < told + TELL_AFTER && done < total) return;
      told = done;
      this.page.post({ type: 'working', done, total });
    };
    tell({ done: 0, total: 1 });
    try {
      await importer.report({ dataset: this.id, home: library.store.home }, tell, making.signal);
    } catch (error) {
      this.page.post({ type: 'stopped' });
      if (making.signal.aborted || error instanceof Canceled) return undefined;
      throw error;
    } finally {
      this.making = undefined;
    }
    const report = await this.kept(manifest);
    if (!report) {
      this.page.post({ type: 'stopped' });
      await this.keepUp();
    }
    return report;
  }

  private async tell(report: DatasetReport, manifest: Manifest): Promise<void> {
    this.page.post(shownReport(report, manifest, await readOverlay(this.folder)));
  }

  /** Shows what was excluded since, and the report of other samples where there are some by now. */
  private async keepUp(): Promise<void> {
    const manifest = (await this.parts.library.find(this.id).catch(() => undefined))?.manifest;
    if (!manifest) this.page.close();
    else if (this.making || !this.page.isVisible) return;
    else if (this.checksum !== undefined && manifest.checksum !== this.checksum) await this.show();
    else {
      const report = await this.kept(manifest);
      if (report) await this.tell(report, manifest);
    }
  }

  private async manifest(): Promise<Manifest> {
    const entry = await this.parts.library.find(this.id);
    if (entry?.manifest && entry.state === 'ready') return entry.manifest;
    throw new UserError(`${entry?.name ?? this.id} no longer exists: download or import it again.`);
  }

  private get folder(): string {
    return this.parts.library.store.folder(this.id);
  }
}

function datasetOf(manifest: Manifest): ReportedDataset {
  const { id, name, classes, counts } = manifest;
  const splits = SPLITS.flatMap((split) => {
    const own = counts[split];
    return own ? [{ split, counts: own }] : [];
  });
  return { type: 'dataset', id, name, classes, texts: isOfTexts(manifest), splits };
}

function shownReport(report: DatasetReport, manifest: Manifest, overlay: Overlay): ShownReport {
  const { height, width, kind } = manifest;
  const excluded = excludedBy(overlay);
  const findings = report.findings.map((finding) => ({
    id: idOf(finding),
    ...findingWords(finding, kind),
    total: finding.total,
    shown: finding.samples.length,
    excluded: excluded(finding),
  }));
  const pixels =
    report.means === undefined ? undefined : Uint8Array.from(Buffer.from(report.means, 'base64'));
  return {
    type: 'report',
    created: report.created,
    findings,
    ...(pixels && { means: { width, height, pixels } }),
  };
}

/** Counts how many samples of a finding are excluded. */
function excludedBy(overlay: Overlay): (finding: Finding) => number {
  const changes = new Map(SPLITS.map((split) => [split, changesOf(overlay, split)]));
  return ({ samples }) =>
    samples.filter(([split, index]) => changes.get(split)?.get(index)?.excluded === true).length;
}
