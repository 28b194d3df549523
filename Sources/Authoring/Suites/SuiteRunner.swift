import Catalogue
import Diagnostics
import Documents
import Gatekeeper
import Inputs
import Judging
import Rego
import RegoRuntime
import Synchronization

/// Runs suites as `gator verify` does: each case starts afresh, with one template and one constraint.
package struct SuiteRunner: Sendable {
    private let filter: SuiteFilter?
    private let now: Int64
    private let jobs: Int

    /// - Parameters:
    ///   - filter: what is run; nil for everything.
    ///   - now: nanoseconds since 1970-01-01 UTC that policies take for the present.
    package init(filter: SuiteFilter?, now: Int64, jobs: Int = WorkerPool.processorCount) {
        self.filter = filter
        self.now = now
        self.jobs = jobs
    }

    package func run(_ suites: [Suite]) -> SuiteReport {
        let results = Mutex<[(Int, SuiteReport.SuiteResult)]>([])
        let next = Atomic<Int>(0)
        WorkerPool.run(jobs: min(jobs, suites.count)) {
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                if number >= suites.count { return }
                var run = SuiteRun(suite: suites[number], filter: filter, now: now)
                let result = run.result()
                results.withLock { $0.append((number, result)) }
            }
        }
        return SuiteReport(suites: results.withLock { $0 }.sorted { $0.0 < $1.0 }.map(\.1))
    }
}

/// One suite while it runs; what several tests use is read once.
private struct SuiteRun {
    let suite: Suite
    let filter: SuiteFilter?
    let now: Int64
    private var templates: [String: Result<Compiled, Suite.Malformed>] = [:]
    private var documents: [String: Result<[Document], Suite.Malformed>] = [:]

    private struct Compiled {
        var template: ConstraintTemplate
        var engine: Engine
    }

    init(suite: Suite, filter: SuiteFilter?, now: Int64) {
        self.suite = suite
        self.filter = filter
        self.now = now
    }

    mutating func result() -> SuiteReport.SuiteResult {
        var result = SuiteReport.SuiteResult(path: suite.path)
        if suite.isSkipped {
            result.isSkipped = true
            return result
        }
        let start = MonotonicClock.now()
        result.tests = suite.tests.map { run($0) }
        result.duration = MonotonicClock.now() - start
        return result
    }

    private mutating func run(_ test: Suite.Test) -> SuiteReport.TestResult {
        var result = SuiteReport.TestResult(name: test.name)
        if test.isSkipped || filter.map({ !$0.matches(test) }) ?? false {
            result.isSkipped = true
            return result
        }
        let start = MonotonicClock.now()
        do throws(Suite.Malformed) {
            let compiled = try template(at: path(test.template, "template"))
            if let constraint = try constraint(test, compiled.template) {
                let expansion = try expansion(test)
                let judging = CaseJudging(
                    constraint, of: compiled.template, engine: compiled.engine, expansion: expansion, now: now)
                for item in test.cases { result.cases.append(run(item, of: test, judging)) }
            }
        } catch {
            result.problem = error.message
        }
        result.duration = MonotonicClock.now() - start
        return result
    }

    private mutating func run(_ item: Suite.Case, of test: Suite.Test, _ judging: CaseJudging) -> SuiteReport.CaseResult {
        var result = SuiteReport.CaseResult(name: item.name)
        if item.isSkipped || filter.map({ !$0.matches(item, of: test) }) ?? false {
            result.isSkipped = true
            return result
        }
        let start = MonotonicClock.now()
        do throws(Suite.Malformed) {
            if item.object.isEmpty { throw Suite.Malformed(message: "a case must define an object") }
            if item.assertions.isEmpty { throw Suite.Malformed(message: "the assertions of a case must not be empty") }
            let objects = try objects(at: path(item.object, "object"))
            guard objects.count == 1 else {
                throw Suite.Malformed(message: "\"\(item.object)\" defines \(objects.count) objects; a case reviews one")
            }
            var inventory: [Document] = []
            for file in item.inventory { inventory += try self.objects(at: path(file, "inventory")) }
            let messages = try judging.messages(about: objects[0], beside: inventory)
            result.problem = item.assertions.lazy.compactMap { $0.problem(messages) }.first
        } catch {
            result.problem = error.message
        }
        result.duration = MonotonicClock.now() - start
        return result
    }

    // MARK: Files

    private func path(_ name: String, _ what: String) throws(Suite.Malformed) -> String {
        if name.isEmpty { throw Suite.Malformed(message: "invalid Suite: missing \(what)") }
        return FilePath.normalized(FilePath.join(FilePath.folder(of: suite.path), name))
    }

    private mutating func objects(at path: String) throws(Suite.Malformed) -> [Document] {
        if let known = documents[path] { return try known.get() }
        let result = Result { () throws(Suite.Malformed) in try Self.read(path) }
        documents[path] = result
        return try result.get()
    }

    private static func read(_ path: String) throws(Suite.Malformed) -> [Document] {
        let source: SourceFile
        do { source = SourceFile(path: path, bytes: try FileSystem.read(path)) } catch {
            throw Suite.Malformed(Diagnostic(reading: error))
        }
        let stream = YAMLReader().read(source)
        if let problem = stream.diagnostics.first(where: { $0.severity == .error }) { throw Suite.Malformed(problem) }
        let documents = stream.documents.filter { $0.root.kind == .object && $0.root.count > 0 }
        if documents.isEmpty { throw Suite.Malformed(message: "path \"\(path)\" defines no YAML objects") }
        return documents
    }

    private mutating func template(at path: String) throws(Suite.Malformed) -> Compiled {
        if let known = templates[path] { return try known.get() }
        let documents = try objects(at: path)
        let result = Result { () throws(Suite.Malformed) -> Compiled in try Self.compile(documents, path) }
        templates[path] = result
        return try result.get()
    }

    private static func compile(_ documents: [Document], _ path: String) throws(Suite.Malformed) -> Compiled {
        guard documents.count == 1, documents[0].root.field("kind").stringValue == "ConstraintTemplate" else {
            throw Suite.Malformed(message: "\"\(path)\" is not a ConstraintTemplate")
        }
        let (template, problem) = TemplateReader.read(documents[0])
        if let problem { throw Suite.Malformed(problem) }
        guard let template, template.language == .rego else {
            throw Suite.Malformed(message: "\"\(path)\" is written in CEL alone, which is not evaluated yet")
        }
        let (engine, problems) = TemplateCompiler.compile(template, builtins: PolicyBuiltins.offline)
        guard let engine else {
            let first = problems.first { $0.severity == .error }
            throw first.map { Suite.Malformed($0) } ?? Suite.Malformed(message: "\"\(path)\" cannot be compiled")
        }
        return Compiled(template: template, engine: engine)
    }

    /// The constraint of a test; nil for one that is refused as the test wants it.
    private mutating func constraint(_ test: Suite.Test, _ template: ConstraintTemplate) throws(Suite.Malformed) -> Constraint? {
        let place = try path(test.constraint, "constraint")
        let documents = try objects(at: place)
        guard documents.count == 1 else {
            throw Suite.Malformed(message: "\"\(test.constraint)\" defines \(documents.count) objects; a test has one constraint")
        }
        let constraint: Constraint
        do throws(Constraint.Problem) {
            constraint = try Constraint.read(documents[0], of: template)
        } catch {
            if test.isInvalid, error.isOfSchema { return nil }
            throw Suite.Malformed(error.diagnostic)
        }
        if test.isInvalid {
            throw Suite.Malformed(message: "the schema of the template should refuse the constraint, and does not")
        }
        return constraint
    }

    private mutating func expansion(_ test: Suite.Test) throws(Suite.Malformed) -> Expansion {
        if test.expansion.isEmpty { return Expansion([]) }
        var templates: [ExpansionTemplate] = []
        for document in try objects(at: path(test.expansion, "expansion")) {
            do throws(ExpansionTemplate.Problem) {
                templates.append(try ExpansionTemplate(document))
            } catch {
                throw Suite.Malformed(error.diagnostic)
            }
        }
        return Expansion(templates)
    }
}

extension Suite.Malformed {
    /// A problem with its place, in one line.
    init(_ problem: Diagnostic) {
        let place = problem.range.map { "\($0.file.path):\($0.position.line):\($0.position.column): " } ?? ""
        self.init(message: place + problem.message)
    }
}
