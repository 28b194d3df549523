import Documents
import Inputs

/// When an object is applied among the others.
struct SyncOrder: Equatable {
    private var wave = 0
    private var hook = ""

    /// By the annotations of Argo CD and Helm.
    init(_ object: Value) {
        let annotations = object.field("metadata").field("annotations")
        wave = annotations.field(named: "argocd.argoproj.io/sync-wave").stringValue.flatMap { Int($0) } ?? 0
        for name in ["argocd.argoproj.io/hook", "helm.sh/hook"] {
            if let text = annotations.field(named: name).stringValue, !text.isEmpty { hook = text }
        }
        if wave == 0 { wave = annotations.field(named: "helm.sh/hook-weight").stringValue.flatMap { Int($0) } ?? 0 }
    }

    /// Whether the object says anything about it.
    var isSaid: Bool { wave != 0 || !hook.isEmpty }

    var text: String {
        if hook.isEmpty { return "in wave \(wave)" }
        return "as hook \(hook)" + (wave == 0 ? "" : " in wave \(wave)")
    }
}
