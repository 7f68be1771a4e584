import { describe, expect, scenario } from 'ringback';

// Who calls is the requester of the ticket. Zendesk's user search by phone is fuzzy and knows shared numbers: it finds
// people who are not on the line.
describe('who the bridge takes the caller for', () => {
  scenario('a number that several people share is nobody’s', async ({ world: { account, callerFrom, line, bridge } }) => {
    const frontDesk = '+14155550142';
    await account.knows({ name: 'Grace Brewster', phone: frontDesk, shared_phone_number: true });
    await account.knows({ name: 'Edith Clarke', phone: frontDesk, shared_phone_number: true });

    const journey = await callerFrom(frontDesk).dials(line);
    await expect(journey).toBeForwardedTo(bridge);
    await expect(journey).toCorrelate(await journey.ticket());
    await expect(journey).toEnrich({ name: 'Caller +1 (415) 555-0142' });
  });

  scenario('somebody else whose number contains the caller’s is not the caller', async ({ world: { account, callerFrom, line } }) => {
    // Written with visual separators, the first does not count as the caller's own number, but a search finds it.
    await account.knows({ name: 'Somebody Else', phone: '+1 (415) 555-0143' });
    const journey = await callerFrom('+14155550143').dials(line);
    await expect(journey).toCorrelate(await journey.ticket());
    await expect(journey).toEnrich({ name: 'Caller +1 (415) 555-0143' });
  });
});
