import { isoDate } from '../../../src/domain/calendar.ts';
import { ContractId, ContractServiceId } from '../../../src/domain/ids.ts';
import { psaContract } from '../../contract/psa.ts';
import { simulate, TODAY } from './simulated.ts';

psaContract('Autotask', async () => {
  const { psa, simulator } = await simulate();
  return {
    psa,
    contractId: ContractId.parse('900'),
    services: [
      { id: ContractServiceId.parse('800'), units: 10, price: '12.50' },
      { id: ContractServiceId.parse('801'), units: 7, price: '4.1650' },
    ],
    today: isoDate(TODAY),
    postByHand: simulator.approveAndPost,
    close: simulator.close,
  };
});
