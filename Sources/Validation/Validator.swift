import Diagnostics
import Documents
import Synchronization

/// Checks resources against policies.
public struct Validator: Sendable {
    /// How a run is carried out.
    public struct Options: Sendable {
        /// Worker threads; the result does not depend on it.
        public var jobs = 1
        public var selection = PolicySelection()
        public var data = EvaluationData()
        /// Limits of one policy on one resource.
        public var budget = PolicyBudget()

        public init() {}
    }

    /// How far a run is.
    public struct Progress: Sendable {
        public var files: Int
        public var totalFiles: Int
    }

    let set: PolicySet
    let options: Options
    /// Called by workers after each file.
    let progress: (@Sendable (Progress) -> Void)?

    public init(_ set: PolicySet, options: Options, progress: (@Sendable (Progress) -> Void)? = nil) {
        self.set = set
        self.options = options
        self.progress = progress
    }

    /// Reads and checks all files.
    public func validate(files: [InputFile]) -> Report {
        var report = Report()
        report.files = files.count
        let chosen = options.selection.policies(among: set.policies)
        report.policies = chosen
        if chosen.isEmpty { return report }

        // A few files are read first, so that only policies for the kinds in them are compiled.
        let queue = FileQueue(files: files, reader: ResourceReader())
        let kinds = queue.readAhead()
        let needed = kinds.map { kinds in chosen.filter { policy in kinds.contains(where: policy.applies(to:)) } } ?? chosen
        let objectPolicies = needed.filter { $0.scope == .object }
        let bundlePolicies = needed.filter { $0.scope == .bundle }
        let (program, problems) = compile(objectPolicies + bundlePolicies)
        report.diagnostics += problems
        if program == nil, !needed.isEmpty { return report }

        var outcome = RunOutcome(policies: objectPolicies + bundlePolicies)
        let kept = checkFiles(queue, program, objectPolicies: objectPolicies, keepsResources: !bundlePolicies.isEmpty, &outcome)
        if let program, !bundlePolicies.isEmpty {
            checkTogether(kept, program, first: objectPolicies.count, &outcome)
        }
        outcome.finish(&report)
        return report
    }

    private func compile(_ policies: [Policy]) -> (PolicyProgram?, [Diagnostic]) {
        policies.isEmpty ? (nil, []) : PolicyProgram.compile(policies, of: set)
    }

    /// First pass: every file once, policies that need one object at a time.
    private func checkFiles(
        _ queue: FileQueue, _ program: PolicyProgram?, objectPolicies: [Policy], keepsResources: Bool,
        _ outcome: inout RunOutcome
    ) -> [Resource] {
        let data = options.data.document(for: objectPolicies, inventory: nil)
        let results = Mutex<[FileOutcome]>([])
        let stopped = StoppedPolicies(count: program?.policies.count ?? 0)
        let done = Atomic<Int>(0)
        WorkerPool.run(jobs: min(options.jobs, queue.files.count)) {
            var worker = program.map {
                PolicyWorker($0, slots: 0..<objectPolicies.count, data: data, options: options, stopped: stopped)
            }
            var own: [FileOutcome] = []
            while let (index, contents) = queue.next() {
                var result = FileOutcome(index: index, contents: contents, keepsResources: keepsResources)
                for resource in contents.resources { worker?.check(resource, into: &result.verdicts) }
                own.append(result)
                let count = done.add(1, ordering: .relaxed).newValue
                progress?(Progress(files: count, totalFiles: queue.files.count))
            }
            results.withLock { $0 += own }
        }
        let ordered = results.withLock { $0 }.sorted { $0.index < $1.index }
        for result in ordered { outcome.add(result) }
        return keepsResources ? ordered.flatMap(\.kept) : []
    }

    /// Second pass: policies that look at other objects too, now that all are known.
    private func checkTogether(_ resources: [Resource], _ program: PolicyProgram, first: Int, _ outcome: inout RunOutcome) {
        let kinds = Set(resources.lazy.map(\.type.groupKind))
        let slots = (first..<program.policies.count).filter { slot in
            let requires = program.policies[slot].requires
            return requires.isEmpty || requires.contains { kinds.contains($0) }
        }
        for slot in first..<program.policies.count where !slots.contains(slot) {
            let policy = program.policies[slot]
            if kinds.contains(where: policy.applies(to:)) { outcome.addNotEvaluated(policy) }
        }
        if slots.isEmpty { return }
        let data = options.data.document(for: slots.map { program.policies[$0] }, inventory: resources)
        let results = Mutex<[(first: Int, verdicts: Verdicts)]>([])
        let stopped = StoppedPolicies(count: program.policies.count)
        let next = Atomic<Int>(0)
        let chunk = 64
        WorkerPool.run(jobs: min(options.jobs, resources.count / chunk + 1)) {
            var worker = PolicyWorker(program, slots: slots, data: data, options: options, stopped: stopped)
            var own: [(first: Int, verdicts: Verdicts)] = []
            while true {
                let start = next.add(chunk, ordering: .relaxed).oldValue
                if start >= resources.count { break }
                var verdicts = Verdicts()
                for resource in resources[start..<min(start + chunk, resources.count)] {
                    worker.check(resource, into: &verdicts)
                }
                own.append((start, verdicts))
            }
            results.withLock { $0 += own }
        }
        for (_, verdicts) in results.withLock({ $0 }).sorted(by: { $0.first < $1.first }) { outcome.add(verdicts) }
    }
}
