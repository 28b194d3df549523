import Documents

/// What a Pod may not have on its operating system, with namespaces of its own, or before it is scheduled.
struct PlatformRules {
    let spec: Node
    let release: Release

    private var containers: [Node] { Array(spec["containers"].elements) + Array(spec["initContainers"].elements) }

    func check() {
        checkSystem()
        checkHostProcesses()
        checkUserNamespace()
        checkSysctls()
        if spec["schedulingGates"].count > 0, !spec["nodeName"].isEmptyText {
            spec["nodeName"].forbidden(
                "nodeName may not be set beside schedulingGates: the Pod is not to be scheduled yet")
        }
        checkResources()
        checkHostname()
    }

    private func checkSystem() {
        switch spec["os"]["name"].text {
        case "windows":
            let fields: [StaticString] = ["hostPID", "hostIPC", "hostUsers", "shareProcessNamespace"]
            refuse(spec.setMembers(fields), on: "Windows")
            refuse(spec["securityContext"].setMembers(Self.linuxOfPods), on: "Windows")
            for container in containers {
                refuse(container["securityContext"].setMembers(Self.linuxOfContainers), on: "Windows")
            }
        case "linux":
            for context in [spec["securityContext"]] + containers.map({ $0["securityContext"] }) {
                refuse(context.setMembers(["windowsOptions"]), on: "Linux")
            }
        default: break
        }
    }

    private static let linuxOfPods: [StaticString] = [
        "appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup", "fsGroupChangePolicy", "sysctls", "runAsUser",
        "runAsGroup", "supplementalGroups", "supplementalGroupsPolicy",
    ]
    private static let linuxOfContainers: [StaticString] = [
        "appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem", "privileged",
        "allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup",
    ]

    private func refuse(_ fields: [Node], on system: String) {
        for field in fields { field.forbidden("\(field.name) may not be set for a Pod on \(system)") }
    }

    /// Processes of the host itself: all containers of a Pod or none, and on the host's network.
    private func checkHostProcesses() {
        let own = spec["securityContext"]["windowsOptions"]["hostProcess"]
        let ofContainers = containers.map { $0["securityContext"]["windowsOptions"]["hostProcess"] }
        let isHost = ofContainers.map { $0.isSet ? $0.isTrue : own.isTrue }
        guard isHost.contains(true) else { return }
        let first = ofContainers.first { $0.isTrue } ?? own
        if let other = isHost.firstIndex(of: false) {
            let place = ofContainers[other].isSet ? ofContainers[other] : first
            place.invalid("hostProcess must be the same for all containers of a Pod")
        } else if !spec["hostNetwork"].isTrue {
            first.invalid("hostProcess needs hostNetwork: true")
        }
    }

    /// With users of its own a Pod cannot share the namespaces of its node.
    private func checkUserNamespace() {
        guard release >= Release(major: 1, minor: 33), spec["hostUsers"].value.isFalse else {
            if release >= Release(major: 1, minor: 33) { checkUnmasked() }
            return
        }
        for field in [spec["hostNetwork"], spec["hostPID"], spec["hostIPC"]] where field.isTrue {
            field.forbidden("\(field.name) may not be true where hostUsers is false")
        }
    }

    private func checkUnmasked() {
        for container in containers {
            let mount = container["securityContext"]["procMount"]
            if mount.equals("Unmasked") {
                mount.invalid("procMount: Unmasked needs hostUsers: false in the Pod")
            }
        }
    }

    private func checkSysctls() {
        for sysctl in spec["securityContext"]["sysctls"].elements {
            let name = sysctl["name"]
            guard name.value.kind == .string else { continue }
            let text = name.text.replacing("/", with: ".")
            let isShared = text == "kernel.sem" || ["kernel.shm", "kernel.msg", "fs.mqueue."].contains { text.hasPrefix($0) }
            if isShared, spec["hostIPC"].isTrue {
                name.invalid("\(text) may not be set where hostIPC is true")
            } else if text.hasPrefix("net."), spec["hostNetwork"].isTrue {
                name.invalid("\(text) may not be set where hostNetwork is true")
            }
        }
    }

    /// Resources of the Pod as a whole.
    private func checkResources() {
        guard release >= Release(major: 1, minor: 34), spec["resources"].isObject else { return }
        for part in [spec["resources"]["limits"], spec["resources"]["requests"]] {
            for (key, amount) in part.entries
            where !["cpu", "memory"].contains(key.string) && !key.string.hasPrefix("hugepages-") {
                amount.inspection.report(
                    .unsupportedValue, amount.path, at: .key,
                    "\(Wording.quoted(key.string)) is not a resource of whole Pods: cpu, memory and hugepages are",
                    hint: "set it for a container")
            }
        }
        ResourceRules.check(spec["resources"])
        let claims = spec["resources"]["claims"]
        if claims.count > 0 { claims.forbidden("claims may not be set for a whole Pod") }
    }

    private func checkHostname() {
        guard release >= Release(major: 1, minor: 35) else { return }
        let name = spec["hostnameOverride"]
        guard name.isSet else { return }
        name.mustBe(NameRule.dnsSubdomain)
        if name.value.kind == .string, name.value.count > 64 {
            name.tooMany("hostnameOverride has \(name.value.count) characters, 64 at most are allowed")
        }
        for field in [spec["hostNetwork"], spec["setHostnameAsFQDN"]] where field.isTrue {
            name.forbidden("hostnameOverride may not be set where \(field.name) is true")
        }
    }
}
