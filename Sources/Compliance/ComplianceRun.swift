package import Catalogue
package import Diagnostics
import Documents
import Findings
package import Inputs
package import Judging
import Rego
import RegoRuntime

/// Answers the clauses of a framework from manifests, node facts and the policy library.
package struct ComplianceRun: Sendable {
    /// How a run is carried out.
    package struct Options: Sendable {
        /// Policies that take part in frameworks without a module of their own.
        package var selection = PolicySelection()
        package var data = EvaluationData()
        package var jobs = 1
        /// What is accepted in manifests and by configuration; nil when nothing is.
        package var exceptions: Exceptions?
        /// A release such as `1.31` that the rules are to assume; nil to take it from the input.
        package var kubernetesVersion: String?
        /// Nanoseconds since 1970: what policies take for the present, for certificates that expire.
        package var now: Int64 = 0
        /// RFC 3339, UTC.
        package var time: String
        package var toolVersion: String
        /// What was asked for, as given.
        package var inputs: [String]
        /// The language of titles and headings.
        package var language = Language.english

        package init(time: String, toolVersion: String, inputs: [String]) {
            self.time = time
            self.toolVersion = toolVersion
            self.inputs = inputs
        }
    }

    private let set: PolicySet
    private let frameworks: [Framework]
    private let options: Options
    private let settings: ComplianceSettings

    package init(_ set: PolicySet, frameworks: [Framework], settings: ComplianceSettings, options: Options) {
        self.set = set
        self.frameworks = frameworks
        self.settings = settings
        self.options = options
    }

    /// The report, and what went wrong on the way; without a report something is wrong with the library.
    package func report(
        on framework: Framework, files: [InputFile], nodeFacts: [String]
    ) -> (report: ComplianceReport?, problems: [Diagnostic]) {
        let input = EvidenceInput(files: files, nodeFacts: nodeFacts)
        var problems = input.diagnostics
        let framework = settings.demanding(framework)
        var answers: [ComplianceReport.Answer] = []
        if framework.module != nil {
            guard let own = moduleAnswers(framework, input, &problems) else { return (nil, problems) }
            answers = own
        } else {
            var benchmark: [ComplianceReport.Answer] = []
            if let cited = frameworks.first(where: { $0.module != nil }),
                framework.clauses.contains(where: { !$0.benchmark.isEmpty })
            {
                guard let found = moduleAnswers(cited, input, &problems) else { return (nil, problems) }
                benchmark = found
            }
            let outcomes = policyOutcomes(framework, input, files, &problems)
            answers = EvidenceJoin(outcomes: outcomes, benchmark: benchmark).answers(for: framework)
        }
        let today = String(options.time.prefix(10))
        let provenance = ComplianceReport.Provenance(
            toolVersion: options.toolVersion, libraryDigest: libraryDigest, inputDigest: input.digestText,
            time: options.time, inputs: options.inputs)
        let enforcement = AdmissionEnforcement.all(in: input, known: AdmissionEnforcement.constraints(in: set.library))
        let titles = Dictionary(set.policies.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        answers = answers.map { answer in
            var answer = AdmissionEnforcement.enforced(settings.apply(to: answer, today: today), by: enforcement)
            for index in answer.evidence.indices {
                let source = answer.evidence[index].source
                answer.evidence[index].sourceTitle = titles[source].map { options.language.title(ofPolicy: source, original: $0) }
            }
            return answer
        }
        var report = ComplianceReport(
            framework: options.language.translated(framework), answers: answers, provenance: provenance)
        for index in report.answers.indices where report.answers[index].clause.id == report.framework.clauses[index].id {
            report.answers[index].clause.title = report.framework.clauses[index].title
        }
        report.enforcement = enforcement
        report.language = options.language
        report.inputs = input.digests
        return (report, problems)
    }

    /// SHA-256 of the names and texts of the whole library.
    private var libraryDigest: String {
        var digest = ContentDigest()
        for file in set.library.packed.files {
            digest.add(file.path.utf8)
            digest.add(file.bytes)
        }
        return digest.text
    }

    // MARK: Frameworks with a module

    private func moduleAnswers(
        _ framework: Framework, _ input: EvidenceInput, _ problems: inout [Diagnostic]
    ) -> [ComplianceReport.Answer]? {
        guard let module = framework.module else { return nil }
        let sources = set.library.packed.sources(ofPackage: module).map { ModuleSource(file: $0) }
        let path = "data.\(module).results"
        let (engine, found) = Engine.compile(sources, entrypoints: [path], builtins: PolicyBuiltins.table)
        problems += found
        guard let engine, let entrypoint = engine.entrypoint(path) else {
            problems.append(
                Diagnostic(code: "framework_error", message: "the module \(module) of \(framework.id) cannot be used"))
            return nil
        }
        let parameters = parameters
        let document = input.document(settings: parameters.root)
        let evaluator = Evaluator(engine)
        return withExtendedLifetime((parameters, document, evaluator)) {
            evaluator.budget = Budget(instructions: 20_000_000_000, memory: 2 << 30)
            evaluator.context.now = options.now
            evaluator.begin(input: document.root)
            switch evaluator.evaluate(entrypoint) {
            case .value(let results): return framework.answers(results: results, locate: input.place)
            case .undefined: return framework.answers(results: .undefined, locate: input.place)
            case .fault(let fault):
                problems.append(fault.diagnostic)
                return nil
            }
        }
    }

    /// The settings' parameters with the release given on the command line.
    private var parameters: Document {
        Document { arena in
            let given = settings.parameters
            var entries =
                given.kind == .object ? given.keys.indices.map { ObjectEntry(key: given.keys[$0], value: given.values[$0]) } : []
            if let version = options.kubernetesVersion {
                entries.append(ObjectEntry(key: arena.string("kubernetesVersion"), value: arena.string(version)))
            }
            return arena.object(entries)
        }
    }

    // MARK: Frameworks answered by policies

    private func policyOutcomes(
        _ framework: Framework, _ input: EvidenceInput, _ files: [InputFile], _ problems: inout [Diagnostic]
    ) -> [PolicyOutcome] {
        func clauses(of policy: Policy) -> [String] {
            let named = policy.compliance.first { $0.framework == framework.id }?.clauses ?? []
            return named
                + framework.clauses.filter { clause in
                    (clause.policies.contains(policy.id) || clause.coverage.contains { $0.policy == policy.id })
                        && !named.contains(clause.id)
                }.map(\.id)
        }
        var selection = options.selection
        selection.profiles = ["all"]
        // Policies about audit events have no say about manifests, not even that there is nothing to judge.
        let chosen = selection.policies(among: set.policies).filter { !clauses(of: $0).isEmpty && $0.category != "audit" }
        guard !chosen.isEmpty else { return [] }
        selection.only = chosen.map(\.id)
        var check = Validator.Options()
        // Evidence is complete.
        check.violationLimit = .max
        check.jobs = options.jobs
        check.now = options.now
        check.data = options.data
        check.selection = selection
        check.exceptions = options.exceptions
        check.ownerLabel = framework.clauses.contains { !$0.coverage.isEmpty } ? "" : nil
        let report = Validator(set, options: check).validate(files: files)
        // What is wrong with the files was found out when they were read for the rules.
        problems += report.diagnostics.filter { found in
            !problems.contains { $0.message == found.message && $0.range == found.range }
        }
        let coverage = Dictionary(
            PolicyCoverage(report, by: .none).policies.map { ($0.policy?.id ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        return chosen.map { policy in
            var outcome = PolicyOutcome(
                policy: policy.id, compliance: [framework.id: clauses(of: policy)],
                confidence: policy.confidence == "exact" ? .exact : .partial, run: run(of: policy, report, input.kinds),
                violations: (report.findings + report.suppressed).filter { $0.policyID == policy.id }.map(Evidence.init))
            if let row = coverage[policy.id] {
                outcome.containers = row.containers
                outcome.resources = row.resources
            }
            return outcome
        }
    }

    private func run(of policy: Policy, _ report: Report, _ kinds: Set<GroupKind>) -> PolicyOutcome.Run {
        if let gap = report.notEvaluated.first(where: { $0.policyID == policy.id }) { return .couldNotJudge(gap.reason) }
        if report.judged.contains(policy.id) { return .ran }
        return kinds.contains(where: policy.applies(to:))
            ? .couldNotJudge("the policy could not be evaluated") : .hadNothingToJudge
    }
}

extension Evidence {
    fileprivate init(_ finding: Finding) {
        self.init(
            verdict: "fail", message: finding.message, source: finding.policyID, resource: finding.resource.title,
            file: finding.location.file, line: finding.location.start.line, column: finding.location.start.column,
            field: finding.path.steps.isEmpty ? nil : finding.path.fieldPath,
            exception: finding.suppression.map {
                Exception(
                    reason: $0.reason.isEmpty ? $0.text : $0.reason, owner: $0.owner.isEmpty ? nil : $0.owner,
                    expires: $0.until.isEmpty ? nil : $0.until)
            })
    }
}

extension Framework {
    /// The frameworks of a library.
    package static func all(in library: PolicyLibrary) throws(FrameworkError) -> [Framework] {
        var found: [Framework] = []
        for file in library.packed.dataFiles(below: "frameworks/") {
            guard let document = YAMLReader().read(file).documents.first else {
                throw FrameworkError(message: "\(file.path) is empty")
            }
            found.append(
                try withExtendedLifetime(document) { () throws(FrameworkError) in try Framework(reading: document.root) })
        }
        return found
    }
}
