package import Catalogue
package import Diagnostics
import Documents
package import Findings
package import Judging
package import RegoRuntime
import Synchronization

/// A loaded set of policies, ready to serve; immutable, so that a request sees one set or the other and never a mixture.
package final class ActivePolicies: Sendable {
    package let admission: AdmissionPolicies
    /// What `/v1/data` answers from.
    package let documents: ServedDocuments
    /// What `/v1/audit` judges by; nil when no policy about audit events is selected.
    package let audit: AuditPolicies?
    /// What `/v1/mutate` changes objects by; nil when no policy has a rule `mutate`.
    package let mutations: MutationSet?
    /// Tells sets apart in logs and in `/readyz?verbose`.
    package let revision: String
    /// Revisions of the bundles in it, by name.
    package let bundles: [String: String]

    package init(
        admission: AdmissionPolicies, documents: ServedDocuments, audit: AuditPolicies? = nil,
        mutations: MutationSet? = nil, revision: String, bundles: [String: String] = [:]
    ) {
        self.mutations = mutations
        self.admission = admission
        self.documents = documents
        self.audit = audit
        self.revision = revision
        self.bundles = bundles
    }

    /// The same with other policies for admission.
    func with(_ admission: AdmissionPolicies) -> ActivePolicies {
        ActivePolicies(
            admission: admission, documents: documents, audit: audit, mutations: mutations, revision: revision, bundles: bundles)
    }

    /// Compiles a set of policies; nil when there are errors.
    package static func make(
        _ set: PolicySet, options: AdmissionPolicies.Options, revision: String, bundles: [String: String] = [:]
    ) -> (policies: ActivePolicies?, problems: [Diagnostic]) {
        let (admission, problems) = AdmissionPolicies.compile(set, options: options)
        guard let admission else { return (nil, problems) }
        let (documents, others) = ServedDocuments.compile(set.user, data: options.data)
        guard let documents else { return (nil, others) }
        let (mutations, more) = MutationSet.compile(set, skip: options.selection.skip, data: options.data)
        if mutations == nil, more.contains(where: { $0.severity == .error }) { return (nil, more) }
        let audit = AuditPolicies.compile(set, selection: options.selection, data: options.data)
        return (
            ActivePolicies(
                admission: admission, documents: documents, audit: audit, mutations: mutations, revision: revision,
                bundles: bundles), problems
        )
    }
}

/// The policies of the moment and how the last attempts to change them went.
package final class PolicyHolder: Sendable {
    /// What is known about reloads.
    package struct Status: Sendable {
        package var revision = ""
        /// When the set was activated, in nanoseconds since 1970; 0 before the first.
        package var activated: Int64 = 0
        package var successes = 0
        package var failures = 0
        /// Why the newest files are not what is served; nil when they are.
        package var problem: String?
        /// Nanoseconds from noticing the last change to activating it.
        package var latency: Int64 = 0
    }

    private struct State {
        var current: ActivePolicies?
        var status = Status()
        var onActivation: (@Sendable () -> Void)?
        var namespace: (@Sendable (String) -> Document?)?
    }

    private let state = Mutex(State())

    package init() {}

    /// What requests are judged by; nil before the first activation.
    package var current: ActivePolicies? { state.withLock { $0.current } }
    package var status: Status { state.withLock { $0.status } }

    /// Makes a set the one that all later requests see.
    /// - Parameter noticed: when its change was noticed, by `MonotonicClock`.
    package func activate(_ policies: ActivePolicies, noticed: Int64 = MonotonicClock.now()) {
        state.withLock { state in
            state.current = policies
            state.status.revision = policies.revision
            state.status.activated = WallClock.now()
            state.status.successes += 1
            state.status.problem = nil
            state.status.latency = MonotonicClock.now() - noticed
        }
        state.withLock { $0.onActivation }?()
    }

    /// Has `body` called after each activation.
    package func onActivation(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.onActivation = body } }

    /// Puts a set in place of one that was made from the same files; false when that is not served any more.
    func replace(_ old: ActivePolicies, by new: ActivePolicies) -> Bool {
        state.withLock { state in
            guard state.current === old else { return false }
            state.current = new
            return true
        }
    }

    /// Has Namespaces looked up by `body`.
    func onNamespace(_ body: @escaping @Sendable (String) -> Document?) { state.withLock { $0.namespace = body } }

    /// The Namespace of a name as the cluster has it; nil when that is not known.
    func namespace(_ name: String) -> Document? { state.withLock { $0.namespace }?(name) }

    /// Records that a set could not be loaded; what is served stays.
    package func reject(_ problem: String) {
        state.withLock { state in
            state.status.failures += 1
            state.status.problem = problem
        }
    }
}
