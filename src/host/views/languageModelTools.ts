import * as vscode from 'vscode';
import type { ToolName } from '../export/toolInputs';

interface Tool {
  /** What the user is asked to allow. */
  readonly question: string;
  readonly working: string;
}

const TOOLS: Readonly<Record<ToolName, Tool>> = {
  bifrost_get_runtime_summary: {
    question: vscode.l10n.t('Read the memory, CPU and event-loop figures of the program?'),
    working: vscode.l10n.t('Reading the figures of the program'),
  },
  bifrost_list_stuck_operations: {
    question: vscode.l10n.t('List what the program is waiting for, with call stacks and addresses?'),
    working: vscode.l10n.t('Reading what the program is waiting for'),
  },
  bifrost_get_memory_growth: {
    question: vscode.l10n.t('List the functions of the program whose memory has grown?'),
    working: vscode.l10n.t('Reading the memory of the program'),
  },
  bifrost_explain_allocation_site: {
    question: vscode.l10n.t('List the call stacks that allocate memory at a place of the program?'),
    working: vscode.l10n.t('Reading the allocations of the program'),
  },
};

/**
 * What language models may ask of the program that is profiled, each time with the user's leave. The answer is JSON; what fails
 * is one sentence, which the model gets.
 *
 * @param answer What a tool answers, of data as it came.
 */
export function registerLanguageModelTools(answer: (name: ToolName, input: unknown) => Promise<object>): vscode.Disposable[] {
  const tools = Object.entries(TOOLS) as [ToolName, Tool][];
  return tools.map(([name, { question, working }]) =>
    vscode.lm.registerTool<unknown>(name, {
      prepareInvocation: () => ({
        invocationMessage: working,
        confirmationMessages: { title: vscode.l10n.t('Bifrost Profiler'), message: vscode.l10n.t('{0} The model gets names and paths that are in the program.', question) },
      }),
      invoke: async ({ input }) => new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(await answer(name, input)))]),
    }),
  );
}
