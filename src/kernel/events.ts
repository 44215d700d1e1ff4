/**
 * The catalogue of events: what rooms tell each other without knowing who listens. Payloads are ids only; the
 * listener reads the rest. Wired in `src/app/server/wiring.ts`.
 */
export type Events = {
	'people.imported': { importId: string };
	/** Came, changed place or left, by an order that holds from today; or leads, or is led by another, from a day on. */
	'people.moved': { personId: string };
	'needs.campaignOpened': { campaignId: string };
	'needs.campaignClosed': { campaignId: string };
	'needs.estimated': { campaignId: string; runId: string };
	'needs.rated': { campaignId: string; personId: string };
	'needs.decided': { forumId: string };
	/** Lies with its unit again, with a note. */
	'needs.sentBack': { proposalId: string };
	'needs.idpSubmitted': { idpId: string };
	'needs.idpDecided': { idpId: string };
	'programs.versionInForce': { programId: string; versionId: string };
	/** A change that a finding asked for was made, in part or not; which finding has the request's id. */
	'programs.changeDecided': { changeRequestId: string };
	'plans.submitted': { planId: string };
	'plans.returned': { planId: string };
	'plans.approved': { planId: string };
	'plans.decreed': { planId: string };
	/** Waits for the supervisor, or for whoever decides in their place. */
	'classes.requested': { classId: string; personId: string };
	/** The supervisor agreed; waits for the office. */
	'classes.approved': { classId: string; personId: string };
	'classes.rejected': { classId: string; personId: string };
	'classes.queued': { classId: string; personId: string };
	'classes.enrolled': { classId: string; personId: string };
	'classes.promoted': { classId: string; personId: string };
	'classes.offered': { classId: string; personId: string };
	'classes.offerLapsed': { classId: string; personId: string };
	'classes.escalated': { classId: string; personId: string };
	/** A seat, a request or a place in the queue was given back, by oneself or by somebody else. */
	'classes.withdrawn': { classId: string; personId: string };
	'classes.opened': { classId: string };
	'classes.cancelled': { classId: string };
	/** Somebody else answers for it from now on; who did and who does, where there is one, and whose hand it was. */
	'classes.handedOver': { classId: string; answeredId?: string; answersId?: string; handedBy?: string };
	'classes.closed': { classId: string };
	'classes.markAsked': { classId: string; sessionId: string; personId: string; requestId: string };
	'classes.markDecided': { classId: string; sessionId: string; personId: string; requestId: string };
	'classes.outcomeChanged': { classId: string; personId: string };
	/** The change and whom it concerns stand in classes.session_change and session_change_person. */
	'classes.sessionChanged': { classId: string; sessionId: string; changeId: string };
	/** Booked sessions in it are for the office to move. */
	'classes.roomClosed': { roomId: string; closureId: string };
	'learning.quizFinished': { attemptId: string };
	/** Asks programs for a change of the curriculum version. */
	'evaluation.findingWritten': { findingId: string };
	/** Somebody else sees the finding through from now on. */
	'evaluation.findingOwned': { findingId: string };
	/** Somebody is asked to code the passages of a focus group a second time. */
	'evaluation.secondCodesAsked': { groupId: string };
	'credentials.issued': { certificateId: string; personId: string };
	'credentials.revoked': { certificateId: string };
	/** Counted, sent back or turned down. */
	'credentials.claimDecided': { entryId: string };
	'followup.planSubmitted': { actionPlanId: string };
	'followup.planReturned': { actionPlanId: string };
	'followup.planApproved': { actionPlanId: string };
	'followup.checkedIn': { actionPlanId: string };
	'followup.checkInAnswered': { actionPlanId: string; checkInId: string };
	/** It went to the supervisor of today, because the one before left or moved. */
	'followup.supervisorChanged': { actionPlanId: string };
	'followup.projectJudged': { actionPlanId: string };
	/** Check-ins are due on this day; of whom stands in followup.check_in_due. */
	'followup.checkInsDue': { on: string };
	/** Raters are asked or reminded on this day; who stands in followup.rater. */
	'followup.ratersAsked': { on: string };
	'followup.ratersReminded': { on: string };
	/** On this day evaluations went to the supervisor of today, because the one before left or moved. */
	'followup.ratersReplaced': { on: string };
	/** Evaluations closed on this day have been counted and handed to the estimator. */
	'followup.evaluated': { on: string };
	/** The commonest obstacles of the month before this day go to heads of units. */
	'followup.obstaclesTold': { on: string };
	'competencies.dictionaryInForce': { dictionaryId: string };
	'competencies.standardInForce': { standardId: string };
	'competencies.proposed': { proposalId: string };
	'competencies.proposalDecided': { proposalId: string };
	'impact.measured': { studyId: string };
};

export type EventName = keyof Events;
