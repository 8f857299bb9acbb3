/** What a person reads where HEAD is not known, or there is none. */
import type { ClosedRepository } from "../../git/onDisk/closedRepository.js";
import type { NoHead } from "../../git/repository.js";
import type { Explanation } from "../../text/explanation.js";
import { plainText, plainName } from "../../text/plainText.js";
import type { Service } from "../../render/shapes.js";

/** Why HEAD does not fill the commit, and what helps besides deploying the newest commit of the branch. */
export function noHeadText({ why, branch, closed }: Omit<NoHead, "kind">, service: Service): Explanation {
  const repo = plainText(service.repo ?? "", 120);
  switch (why) {
    case "noFolder":
      return { text: "No folder is open here, so there is no HEAD to deploy.", remedies: ["openFolder"] };
    case "untrusted":
      return {
        text: "This workspace is in Restricted Mode, so its Git repository is not read.",
        remedies: ["manageTrust"],
      };
    case "virtual":
      return {
        text: "This is a virtual workspace, and Git cannot be read in one.",
        remedies: ["openFolder"],
      };
    case "gitMissing":
      return {
        text: "VS Code's Git extension is not available here, so HEAD cannot be read.",
        remedies: ["enableGit"],
      };
    case "notReadYet":
      return {
        text: "VS Code has not read the Git repository yet, so HEAD is not known. Try again when Source Control shows it.",
        remedies: ["openSourceControl"],
      };
    case "unreadable":
      return {
        text: "VS Code opened the Git repository but could not read it, so HEAD is not known. Git’s output may say why.",
        remedies: ["openSourceControl"],
      };
    case "notOpened":
      return closedText(closed);
    case "noRepository":
      return {
        text: "No Git repository was found in the open folder, so there is no HEAD to deploy. If there is one deeper in it, open that repository; else open its folder.",
        remedies: ["openFolder", "openRepository"],
      };
    case "unborn": {
      const name = branch === undefined ? "The current branch" : `The branch ${plainName(branch)}`;
      return { text: `${name} has no commit yet.`, remedies: ["openSourceControl"] };
    }
    case "otherRepository":
      return {
        text: `No clone of ${repo}, which this service is built from, is open in VS Code. Open that repository, or its folder.`,
        remedies: ["openFolder", "openRepository"],
      };
  }
}

/** Why VS Code has not opened a repository that is there, and how it is opened. */
function closedText(closed: ClosedRepository | undefined): Explanation {
  const folder = closed === undefined ? "The open folder" : `The folder ${plainName(closed.folder)}`;
  const root = closed && { repository: closed.root };
  switch (closed?.why) {
    case "inParent":
      return {
        text: `${folder} lies in a Git repository that VS Code has not opened, as its root is a folder above (${plainText(closed.root, 120)}), so HEAD is not known. Open that repository, or the folder above.`,
        remedies: ["openParentRepository", "openSourceControl"],
        ...root,
      };
    case "ofOther":
      return {
        text: `${folder} lies in a Git repository that belongs to another user of this machine, so VS Code has not opened it and HEAD is not known. If you trust it, mark it as safe.`,
        remedies: ["manageUnsafeRepositories", "openSourceControl"],
        ...root,
      };
    case "closed":
    case undefined:
      return {
        text: `${folder} holds a Git repository that VS Code has not opened, so HEAD is not known. Open the repository to deploy HEAD.`,
        remedies: ["openRepository", "openSourceControl"],
        ...root,
      };
  }
}
