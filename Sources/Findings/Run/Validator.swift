package import Catalogue
package import Diagnostics
import Documents
import Gatekeeper
package import Inputs
package import Judging
import Schemas
import Synchronization

/// Checks resources against policies.
package struct Validator: Sendable {
    /// How a run is carried out.
    package struct Options: Sendable {
        /// Worker threads; the result does not depend on it.
        package var jobs = 1
        package var selection = PolicySelection()
        package var data = EvaluationData()
        /// Nanoseconds since 1970-01-01 UTC that policies take for the present.
        package var now: Int64 = 0
        /// Puts another object in the place of each; nil to judge all as they are.
        package var change: (@Sendable (Resource) -> Resource)?
        /// Limits of one policy on one resource: work and memory, so that a verdict is the same on any machine.
        package var budget = CheckBudget()
        /// The most violations of a policy in one resource that become findings; the others are counted.
        package var violationLimit = 100
        /// Whether the process ends after the run, so that nothing it read need be freed.
        package var leavesMemory = false
        /// Ends the run early.
        package var stop: RunStop?
        /// Checks that are no policies of the set, such as those of schemas.
        package var checks: [Check] = []

        /// How objects are compared with the API's types; nil when they are not.
        package var types: TypeOptions?
        /// Whether the objects of a file, by its name, are there for others to be judged by: checks of single objects pass
        /// them over. Objects that were built are always judged.
        package var isContext: (@Sendable (String) -> Bool)?
        /// The label or annotation that names the owner of an object, for runs whose coverage is asked for; nil for others.
        package var ownerLabel: String?
        /// What is accepted; nil when nothing is.
        package var exceptions: Exceptions?
        /// Settings of single files; nil when all files have those of the run.
        package var paths: PathSettings?

        package init() { budget.isForEachCheck = true }
    }

    /// How far a run is.
    package struct Progress: Sendable {
        package var files: Int
        package var totalFiles: Int
    }

    let set: PolicySet
    var options: Options
    /// Called by workers after each file.
    let progress: (@Sendable (Progress) -> Void)?

    /// Workers that make sense on this machine.
    package static var defaultJobs: Int { WorkerPool.processorCount }

    package init(_ set: PolicySet, options: Options, progress: (@Sendable (Progress) -> Void)? = nil) {
        self.set = set
        self.options = options
        self.progress = progress
    }

    /// Reads and checks all files, and objects that builds made; `sources` is the numbering of the run's sources.
    package func validate(
        files: [InputFile], rendered: [ResourceReader.Contents] = [], sources: SourceMap = SourceMap()
    ) -> Report {
        if let paths = options.paths, !paths.layers.isEmpty {
            return validate(paths, files: files, rendered: rendered, sources: sources)
        }
        var report = Report()
        report.files = files.count
        let chosen = options.selection.policies(among: set.policies).filter { !isIdle($0) }
        let types = typeJudge()
        report.policies = chosen + options.checks.map(\.policy) + (types?.checks ?? [])
        if report.policies.isEmpty { return report }

        var reader = ResourceReader(sources: sources)
        reader.change = options.change
        var rendered = rendered
        if let change = options.change {
            for index in rendered.indices { rendered[index].resources = rendered[index].resources.map(change) }
        }
        let queue = FileQueue(files: files, rendered: rendered, reader: reader)
        var outcome = RunOutcome()
        if let program = PolicyProgram.precompiled(chosen, of: set) {
            checkMany(queue, program, types, &outcome)
        } else if let contents = queue.readAhead() {
            checkFew(contents, files: files.count, chosen, types, &outcome)
        } else if chosen.isEmpty {
            _ = checkFiles(queue, nil, types, &outcome)
        } else if let program = compile(chosen, &outcome) {
            checkMany(queue, program, types, &outcome)
        }
        if let types { finish(types, &outcome) }
        outcome.addUnmatched(among: chosen)
        outcome.finish(&report)
        report.builtinErrors = outcome.builtinErrors(inFiles: Set(set.user.modules.map(\.source.path)))
        return report
    }

    /// The judge of types with the checks that are chosen; nil when none is.
    private func typeJudge() -> TypeJudge? {
        guard var types = options.types else { return nil }
        types.violationLimit = options.violationLimit
        // What the API server refuses is refused in every profile.
        var selection = options.selection
        selection.profiles = ["all"]
        let checks = selection.policies(among: Policy.typeChecks)
        return checks.isEmpty ? nil : TypeJudge(checks, options: types, previous: options.data.previous)
    }

    private func finish(_ types: TypeJudge, _ outcome: inout RunOutcome) {
        if isStopped { return }
        var found = CheckResults()
        let rest = types.finish(into: &found)
        outcome.add(found, of: types.checks, rules(of: types.checks))
        outcome.addProblems(rest.problems)
        outcome.add(unknownKinds: rest.unknownKinds)
        if let check = types.checks.first(where: { $0.slug == Fault.Rule.invalidValue.rawValue }) {
            for what in rest.notEvaluated { outcome.addNotEvaluated(check, reason: "\(what) are not evaluated") }
        }
    }

    /// Policies that compare with earlier objects take part when there are some, or when they are asked for by name.
    private func isIdle(_ policy: Policy) -> Bool {
        policy.requires == [.previousObject] && options.data.previous.isEmpty && options.selection.only.isEmpty
    }

    /// Compiling takes longer than evaluating here, so only policies for the kinds at hand are compiled, and workers
    /// share the policies, not the files.
    private func checkFew(
        _ contents: [ResourceReader.Contents], files: Int, _ chosen: [Policy], _ types: TypeJudge?, _ outcome: inout RunOutcome
    ) {
        let resources = contents.flatMap(\.resources)
        options.exceptions?.register(resources)
        let scenes = Scenes(contents.map { Scenes.Part($0) }, files: files)
        if let types {
            var found = CheckResults()
            for resource in resources { types.check(resource, isContext: isContext(resource), into: &found) }
            outcome.add(found, of: types.checks, rules(of: types.checks))
        }
        let kinds = Set(resources.lazy.map(\.type.groupKind)).union(expanded.kinds)
        let workloads = options.data.configuration.podTemplates
        let hasViews = resources.contains { !workloads.views(of: $0).isEmpty }
        let needed = chosen.filter { policy in
            kinds.contains(where: policy.applies(to:)) || hasViews && policy.judges != .object
        }
        let groupCount = max(1, min(options.jobs, needed.count / 16))
        let groups = (0..<groupCount).map { group in
            needed.indices.filter { $0 % groupCount == group }.map { needed[$0] }
        }
        let results = Mutex<[(group: Int, outcome: RunOutcome)]>([])
        let next = Atomic<Int>(0)
        WorkerPool.run(jobs: groupCount) {
            let group = next.add(1, ordering: .relaxed).oldValue
            var own = RunOutcome()
            let program = compile(groups[group], &own)
            let set = firstPass(program, others: group == 0 ? options.checks : [])
            var judge = judge(set, set.slots(among: Array(set.checks.indices)), StoppedChecks())
            var found = CheckResults()
            for (position, resource) in resources.enumerated() where !isContext(resource) {
                judge.position = position
                judge.judge(Subject(resource), made: expanded, into: &found)
            }
            own.add(found, of: set, rules(of: set))
            own.add(builtinErrors: judge.builtinErrors)
            if let program { checkTogether(scenes, program, jobs: 1, &own) }
            results.withLock { $0.append((group, own)) }
        }
        if isStopped { outcome.remainder.files = contents.count }
        for (index, file) in contents.enumerated() {
            outcome.add(
                FileOutcome(
                    FileWork.Part(index: index, number: 0, contents: file), keeping: SceneNeeds(),
                    ownerLabel: options.ownerLabel))
        }
        for result in results.withLock({ $0 }).sorted(by: { $0.group < $1.group }) { outcome.merge(result.outcome) }
    }

    /// What objects of the run make of themselves in a cluster.
    private var expanded: Expansion { self.set.expansion }

    private func isContext(_ resource: Resource) -> Bool {
        guard let isContext = options.isContext, resource.document.origin.isEmpty else { return false }
        return isContext(resource.path)
    }

    /// The checks of single objects.
    private func firstPass(_ program: PolicyProgram?, others: [Check]) -> CheckSet {
        CheckSet(program, others: others, data: options.data.document(for: program?.objectPolicies ?? [], inventory: nil))
    }

    private func rules(of set: CheckSet) -> [RuleReference] { rules(of: set.checks.map(\.policy)) }

    private func rules(of policies: [Policy]) -> [RuleReference] {
        policies.map {
            RuleReference($0, configuration: options.data.configuration, selection: options.selection)
        }
    }

    private func judge(_ set: CheckSet, _ slots: [Int], _ stopped: StoppedChecks) -> Judge {
        var judge = Judge(set, selections: [slots], now: options.now, stopped: stopped)
        judge.budget = options.budget
        judge.violationLimit = options.violationLimit
        if let stop = options.stop { judge.stop = stop }
        judge.exceptions = options.exceptions
        return judge
    }

    private func checkMany(
        _ queue: FileQueue, _ program: PolicyProgram, _ types: TypeJudge?, _ outcome: inout RunOutcome
    ) {
        let kept = checkFiles(queue, program, types, &outcome)
        leave(kept)
        checkTogether(kept, program, jobs: options.jobs, &outcome)
    }

    private func compile(_ policies: [Policy], _ outcome: inout RunOutcome) -> PolicyProgram? {
        if policies.isEmpty { return nil }
        let (program, problems) = PolicyProgram.compile(policies, of: set)
        outcome.addProblems(problems)
        return program
    }

    /// Keeps a value until the process ends, when that comes soon: taking apart what many objects are made of takes longer than
    /// finding a mistake in them.
    private func leave(_ value: some Sendable) {
        if options.leavesMemory { _ = Unmanaged.passRetained(Kept(value)) }
    }

    private final class Kept: Sendable {
        let value: any Sendable
        init(_ value: any Sendable) { self.value = value }
    }

    private var isStopped: Bool { options.stop?.isStopped ?? false }

    /// First pass: every file once, policies that need one object at a time.
    private func checkFiles(
        _ queue: FileQueue, _ program: PolicyProgram?, _ types: TypeJudge?, _ outcome: inout RunOutcome
    ) -> Scenes {
        let set = firstPass(program, others: options.checks)
        let slots = set.slots(among: Array(set.checks.indices))
        let needs = SceneNeeds(program, expanded)
        let results = Mutex<[FileOutcome]>([]), errors = Mutex<[Diagnostic]>([])
        let stopped = StoppedChecks(), done = Atomic<Int>(0)
        let work = FileWork(queue)
        let (rules, typeRules) = (self.rules(of: set), self.rules(of: types?.checks ?? []))
        WorkerPool.run(jobs: min(options.jobs, work.begin())) {
            var judge = judge(set, slots, stopped)
            var own: [FileOutcome] = []
            while !isStopped, let part = work.next() {
                var result = FileOutcome(part, keeping: needs, ownerLabel: options.ownerLabel)
                judge.position = part.position
                options.exceptions?.register(part.contents.resources)
                for resource in part.contents.resources {
                    if isStopped { break }
                    let isContext = isContext(resource)
                    if !isContext {
                        judge.judge(Subject(resource), made: expanded, into: &result.judged.results)
                        judge.meet(resource, needs.slotsToMeet, &result.judged.results)
                    }
                    types?.check(resource, isContext: isContext, into: &result.typed.results)
                }
                result.judged.keepFindings(of: rules)
                result.typed.keepFindings(of: typeRules)
                own.append(result)
                if isStopped { break }
                guard work.finish(part) else { continue }
                let count = done.add(1, ordering: .relaxed).newValue
                progress?(Progress(files: count, totalFiles: queue.count))
            }
            results.withLock { $0 += own }
            errors.withLock { $0 += judge.builtinErrors }
        }
        outcome.add(builtinErrors: errors.withLock { $0 })
        var ordered = results.withLock { results in
            defer { results = [] }
            return results.sorted { $0.position < $1.position }
        }
        if isStopped { outcome.remainder.files = queue.count - done.load(ordering: .relaxed) }
        let policies = set.checks.map(\.policy)
        outcome.reserve(ordered.reduce(0) { $0 + $1.judged.found.count + $1.typed.found.count })
        for index in ordered.indices {
            var result = ordered[index]
            let late = stopped.late(at: result.position)
            stopped.removeLate(&result.judged.results, at: result.position)
            outcome.add(result)
            outcome.add(result.judged, of: policies, rules, without: late)
            outcome.add(result.typed, of: types?.checks ?? [], typeRules)
            ordered[index].forget()
        }
        return Scenes(needs.isEmpty ? [] : Self.parts(of: ordered), files: queue.files.count)
    }

    /// What is kept of the objects of each file.
    private static func parts(of ordered: [FileOutcome]) -> [Scenes.Part] {
        var parts: [Scenes.Part] = [], last = -1
        for result in ordered {
            if result.index == last {
                parts[parts.count - 1].resources += result.kept
            } else {
                let (destination, isAddition) = (result.destination, result.isAddition)
                parts.append(Scenes.Part(resources: result.kept, destination: destination, isAddition: isAddition))
                last = result.index
            }
        }
        return parts
    }

    /// Second pass: policies that look at other objects too, now that all are known.
    private func checkTogether(_ scenes: Scenes, _ program: PolicyProgram, jobs: Int, _ outcome: inout RunOutcome) {
        let resources = scenes.all
        if isStopped {
            outcome.remainder.isWithoutRelations = !program.sceneSlots.isEmpty || !program.listSlots.isEmpty
            return
        }
        checkLists(resources, program, &outcome)
        if program.sceneSlots.isEmpty { return }
        let kinds = Set(resources.lazy.map(\.type.groupKind))
        let present = options.data.previous.isEmpty ? kinds.union([.place]) : kinds.union([.place, .previousObject])
        let slots = program.sceneSlots.filter { slot in
            let requires = program.policies[slot].requires
            return requires.isEmpty || requires.contains { present.contains($0) }
        }
        for slot in program.sceneSlots where !slots.contains(slot) {
            let policy = program.policies[slot]
            if kinds.contains(where: policy.applies(to:)) { outcome.addNotEvaluated(policy) }
        }
        // Those that compare objects with each other want the namespace that the API server fills in.
        let comparing = slots.filter { program.policies[$0].constraint?.template.usesInventory == true }
        let others = slots.filter { !comparing.contains($0) }
        checkEach(scenes.list, jobs: jobs, &outcome) { scene, jobs, outcome in
            if !others.isEmpty { check(scene, program, others, jobs: jobs, &outcome) }
            if !comparing.isEmpty { check(scene.withNamespaces, program, comparing, jobs: jobs, &outcome) }
        }
    }

    /// The objects of a scene that one worker judges at a time.
    private static let chunk = 64

    /// Checks scenes, in their order as far as the outcome tells: many small ones at the same time, as those of a repository with
    /// hundreds of builds, and large ones with all workers each.
    private func checkEach(
        _ scenes: [Scenes.Scene], jobs: Int, _ outcome: inout RunOutcome,
        _ check: @Sendable (Scenes.Scene, Int, inout RunOutcome) -> Void
    ) {
        let small = scenes.indices.filter { scenes[$0].judged.count < Self.chunk }
        if jobs == 1 || small.count < 2 {
            for scene in scenes { check(scene, jobs, &outcome) }
            return
        }
        let outcomes = Mutex<[Int: RunOutcome]>([:]), next = Atomic<Int>(0)
        WorkerPool.run(jobs: min(jobs, small.count)) {
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                if number >= small.count { break }
                var own = RunOutcome()
                check(scenes[small[number]], 1, &own)
                outcomes.withLock { $0[small[number]] = own }
            }
        }
        let found = outcomes.withLock { $0 }
        for (index, scene) in scenes.enumerated() {
            if let own = found[index] { outcome.merge(own) } else { check(scene, jobs, &outcome) }
        }
    }

    private func check(
        _ scene: Scenes.Scene, _ program: PolicyProgram, _ slots: [Int], jobs: Int, _ outcome: inout RunOutcome
    ) {
        let resources = scene.judged, present = scene.judged + scene.others
        let data = options.data.document(
            for: slots.map { program.policies[$0] }, inventory: present, beside: scene.shared, jobs: jobs)
        leave(data)
        let set = CheckSet(program, data: data)
        let turns = set.slots(given: .scene, among: slots)
        let results = Mutex<[(first: Int, judged: JudgedObjects)]>([])
        let errors = Mutex<[Diagnostic]>([])
        let stopped = StoppedChecks()
        let next = Atomic<Int>(0), left = Atomic<Int>(resources.count)
        let chunk = Self.chunk, rules = rules(of: set)
        WorkerPool.run(jobs: min(jobs, resources.count / chunk + 1)) {
            var judge = judge(set, turns, stopped)
            var own: [(first: Int, judged: JudgedObjects)] = []
            while true {
                let start = next.add(chunk, ordering: .relaxed).oldValue
                if isStopped || start >= resources.count { break }
                var found = JudgedObjects()
                judge.position = start
                for resource in resources[start..<min(start + chunk, resources.count)] {
                    judge.judge(Subject(resource), made: expanded, into: &found.results)
                    if !isStopped { left.subtract(1, ordering: .relaxed) }
                }
                found.keepFindings(of: rules)
                own.append((start, found))
            }
            results.withLock { $0 += own }
            errors.withLock { $0 += judge.builtinErrors }
        }
        outcome.add(builtinErrors: errors.withLock { $0 })
        outcome.remainder.objects += left.load(ordering: .relaxed)
        let policies = set.checks.map(\.policy)
        for part in results.withLock({ $0 }).sorted(by: { $0.first < $1.first }) {
            var judged = part.judged
            let late = stopped.late(at: part.first)
            stopped.removeLate(&judged.results, at: part.first)
            outcome.add(judged, of: policies, rules, without: late)
        }
    }

    /// Policies that take all objects as one list.
    private func checkLists(_ resources: [Resource], _ program: PolicyProgram, _ outcome: inout RunOutcome) {
        let slots = program.listSlots
        if slots.isEmpty { return }
        let set = CheckSet(program, data: options.data.document(for: program.objectPolicies, inventory: nil))
        var judge = judge(set, slots, StoppedChecks()), found = CheckResults()
        judge.judgeTogether(resources, by: slots, into: &found)
        outcome.add(found, of: set, rules(of: set))
        outcome.add(builtinErrors: judge.builtinErrors)
    }
}
